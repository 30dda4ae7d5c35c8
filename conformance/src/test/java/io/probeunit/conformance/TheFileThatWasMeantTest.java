package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.HostProgram;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The machine has another program at the path that the container's has: its {@code alpha} is called {@code omega}, at the
 * very same offset.
 */
@Testcontainers
@Timeout(120)
class TheFileThatWasMeantTest {

    private static final Path ON_THE_HOST = Path.of(TruthContainer.PIE);

    @Container
    @Probed
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    @BeforeAll
    static void putAnotherFileAtTheSamePathOnTheHost() throws Exception {
        Files.createDirectories(ON_THE_HOST.getParent());
        container.copyOut(TruthContainer.ELSEWHERE, ON_THE_HOST);
        container.execInContainer("ln", "-s", TruthContainer.PIE, "/absolute");
        container.execInContainer("ln", "-s", "../../../../../.." + TruthContainer.PIE, "/escaping");
    }

    @AfterAll
    static void remove() throws IOException {
        Files.deleteIfExists(ON_THE_HOST);
        Files.deleteIfExists(ON_THE_HOST.getParent());
        Files.deleteIfExists(ON_THE_HOST.getParent().getParent());
    }

    @Test
    @ProbeFunction(value = "alpha", binary = TruthContainer.PIE)
    void the_containers_file_is_probed(Recording recording) {
        long ran = truth.call("alpha", 7);
        try (HostProgram program = HostProgram.start(ON_THE_HOST, "call alpha 1000")) {
            assertThat(program.answer().count("alpha")).isEqualTo(1_000);
        }

        assertThat(recording).function("alpha").firedTimes(ran);
    }

    /** Seen from the host, both links would lead to the host's file. */
    @Test
    @ProbeFunction(value = "alpha", binary = "/absolute")
    @ProbeMark(value = "gamma", binary = "/escaping")
    void links_are_followed_inside_the_container(Recording recording) {
        long ran = truth.call("alpha", 7);
        long passed = truth.call("gamma", 5);
        try (HostProgram program = HostProgram.start(ON_THE_HOST, "call gamma 1000")) {
            assertThat(program.answer().count("gamma")).isEqualTo(1_000);
        }

        assertThat(recording).function("alpha").firedTimes(ran);
        assertThat(recording).mark("gamma").firedTimes(passed);
    }

    @Test
    @ProbeFunction(value = "alpha", binary = "truth")
    void a_file_name_is_looked_up_in_the_container(Recording recording) {
        assertThat(recording).function("alpha").neverFired();
        long ran = truth.call("alpha", 7);

        assertThat(recording).function("alpha").firedTimes(ran);
    }

    @Test
    @ProbeFunction(value = "omega", binary = TruthContainer.ELSEWHERE)
    void another_file_of_the_same_name_in_the_container(Recording recording) {
        truth.call("alpha", 7);
        long ran = container.exec(TruthContainer.ELSEWHERE, "call alpha 3").count("alpha");

        assertThat(recording).function("omega").firedTimes(ran);
    }

    @Test
    void a_function_that_only_the_hosts_file_has_is_an_error() {
        Subjects.run(AsksForTheHostsFunction.class)
                .onlyFailure("omega")
                .contains("omega", TruthContainer.PIE, "this is the wrong file");
    }

    static class AsksForTheHostsFunction {
        @Probed
        static final TruthContainer container = TheFileThatWasMeantTest.container;

        @Test
        @ExpectFunction(value = "omega", times = 0)
        void omega() {}

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void alpha() {
            container.truth().call("alpha", 2);
        }
    }
}
