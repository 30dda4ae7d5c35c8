package io.probeunit.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JNA that a project's management of versions puts on the class path. */
class JnaTest {

    private static final Supplier<?> WORKS = () -> "loaded";

    @Test
    void ours_has_all_that_is_needed() {
        assertThat(Jna.lack()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.8.0", "5.11.0"})
    void an_older_one_is_named_with_its_version_and_its_jar(String version) throws IOException {
        try (URLClassLoader old = with(version)) {
            assertThat(Jna.lack(old, WORKS)).hasValueSatisfying(lack -> {
                assertThat(lack.what())
                        .startsWith("JNA %s is on the class path (".formatted(version))
                        .contains("/old-jna/jna-%s.jar".formatted(version), "5.12.0 or newer");
                assertThat(lack.cure()).contains("dependencyManagement", "Quarkus");
            });
        }
    }

    @Test
    void the_oldest_that_has_what_is_needed_is_taken() throws IOException {
        try (URLClassLoader oldest = with(Jna.OLDEST)) {
            assertThat(Jna.lack(oldest, WORKS)).isEmpty();
        }
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
                            "JNA could not load its native part: java.lang.UnsatisfiedLinkError: failed to map segment");
            assertThat(lack.cure()).contains("noexec", "jna.nosys");
        });
    }

    private static URLClassLoader with(String version) throws IOException {
        Path jar = Path.of("target/old-jna/jna-%s.jar".formatted(version)).toAbsolutePath();
        assertThat(jar).exists();
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }
}
