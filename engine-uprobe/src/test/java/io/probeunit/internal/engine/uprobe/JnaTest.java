package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.kernel.LocalKernel;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The JNA that a project's management of versions puts on the class path. */
class JnaTest {

    private static final Supplier<?> WORKS = () -> "loaded";

    @Test
    void ours_has_all_that_is_needed() {
        assertThat(Jna.lack(new LocalKernel())).isEmpty();
    }

    @Test
    void nothing_is_needed_for_calls_elsewhere() {
        assertThat(Jna.lack(new FakeKernel())).isEmpty();
    }

    @Test
    void none_at_all_is_told() throws IOException {
        try (URLClassLoader none = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            assertThat(Jna.lack(none, WORKS))
                    .hasValueSatisfying(lack -> assertThat(lack.what()).startsWith("JNA is not on the class path"));
        }
    }

    @Test
    void a_native_part_that_cannot_be_loaded_is_told_with_the_first_cause() {
        Supplier<?> fails = () -> {
            throw new ExceptionInInitializerError(new UnsatisfiedLinkError("failed to map segment"));
        };

        assertThat(Jna.lack(JnaTest.class.getClassLoader(), fails)).hasValueSatisfying(lack -> {
            assertThat(lack.what())
                    .isEqualTo(
                            "JNA could not load its native part (PU1064): java.lang.UnsatisfiedLinkError: failed to map segment");
            assertThat(lack.cure()).contains("noexec", "jna.nosys");
        });
    }
}
