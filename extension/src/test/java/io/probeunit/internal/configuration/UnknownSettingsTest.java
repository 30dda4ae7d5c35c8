package io.probeunit.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnknownSettingsTest {

    @Test
    void a_name_that_is_none_is_told_with_the_nearest() {
        assertThat(UnknownSettings.warning(Set.of("probeunit.engin", "probeunit.engine", "java.home")))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains("probeunit.engin (did you mean probeunit.engine?)")
                        .contains("has no effect"));
        assertThat(UnknownSettings.warning(Set.of("probeunit.xyzzyxyzzy")).orElseThrow())
                .contains("probeunit.xyzzyxyzzy", "probeunit.arm.timeout", "probeunit.details");
    }

    @Test
    void those_that_exist_and_those_of_others_are_let() {
        assertThat(UnknownSettings.warning(
                        Set.of("probeunit.unavailable.force", "probeunit.stap.environment", "probeunity", "java.home")))
                .isEmpty();
    }

    /** Maven hands its properties on to the tests. The build's own have another prefix, {@code build.}. */
    @Test
    void our_own_build_sets_nothing_that_does_not_exist() throws IOException {
        String poms;
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            poms = Stream.concat(Stream.of(Path.of("..")), modules)
                    .map(module -> module.resolve("pom.xml"))
                    .filter(Files::exists)
                    .map(UnknownSettingsTest::text)
                    .collect(Collectors.joining());
        }

        Set<String> set = Pattern.compile("<(probeunit\\.[\\w.-]+)>")
                .matcher(poms)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet());

        assertThat(set).contains("probeunit.unavailable.force");
        assertThat(UnknownSettings.warning(set)).isEmpty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
