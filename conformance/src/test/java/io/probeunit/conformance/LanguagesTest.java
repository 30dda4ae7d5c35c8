package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Programs that Go and Rust have made. Their compilers are large: with {@code -Planguages} only. */
@Tag("languages")
@Testcontainers
@Timeout(600)
class LanguagesTest {

    private static final String GO = "/opt/names/go";
    private static final String RUST = "/opt/names/rust-legacy";
    private static final String RUST_V0 = "/opt/names/rust-v0";

    @Container
    @Probed(binary = GO)
    static final ProgramsContainer container = new ProgramsContainer("languages");

    @Test
    @ProbeFunction("main.reserve")
    @ProbeFunction("main.(*Cart).Add")
    void functions_of_go(Recording recording) {
        Answer ran = container.run(GO, "1000");

        assertThat(recording).function("main.reserve").firedTimes(ran.count("reserve"));
        assertThat(recording).function("main.(*Cart).Add").firedTimes(ran.count("add"));
    }

    @Test
    void their_returns_are_refused() {
        Subjects.run(ReturnInGo.class)
                .failure("refused")
                .contains("The return of main.reserve cannot be probed", "Go", "Probe the entry");
    }

    @Test
    @ProbeFunction(value = "main::shop::reserve", binary = RUST)
    @ProbeFunction(value = "main::shop::Cart::add", binary = RUST)
    void functions_of_rust(Recording recording) {
        Answer ran = container.run(RUST, "1000");

        assertThat(recording).function("main::shop::reserve").firedTimes(ran.count("reserve"));
        assertThat(recording).function("main::shop::Cart::add").firedTimes(ran.count("add"));
    }

    @Test
    @ProbeFunction(value = "main::shop::reserve", binary = RUST_V0)
    @ProbeFunction(value = "<main::shop::Cart>::add", binary = RUST_V0)
    void functions_of_rust_with_newer_names(Recording recording) {
        Answer ran = container.run(RUST_V0, "1000");

        assertThat(recording).function("main::shop::reserve").firedTimes(ran.count("reserve"));
        assertThat(recording).function("<main::shop::Cart>::add").firedTimes(ran.count("add"));
    }

    static class ReturnInGo {
        @Probed(binary = GO)
        static final ProgramsContainer container = LanguagesTest.container;

        @Test
        @ExpectFunction(value = "main.reserve", onReturn = true)
        void refused() {}
    }
}
