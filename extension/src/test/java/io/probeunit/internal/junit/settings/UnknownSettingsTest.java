package io.probeunit.internal.junit.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownSettingsTest {

    @Test
    void aNameThatIsNoneIsToldWithTheNearest() {
        assertThat(UnknownSettings.warning(Set.of("probeunit.engin", "probeunit.engine", "java.home")))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains("probeunit.engin (did you mean probeunit.engine?)")
                        .contains("has no effect"));
        assertThat(UnknownSettings.warning(Set.of("probeunit.xyzzyxyzzy")).orElseThrow())
                .contains("probeunit.xyzzyxyzzy", "probeunit.arm.timeout", "probeunit.details");
    }

    @Test
    void thoseThatExistAndThoseOfOurBuildAreLet() {
        assertThat(UnknownSettings.warning(Set.of(
                        "probeunit.unavailable.force",
                        "probeunit.stap.environment",
                        "probeunit.conformance.engine",
                        "probeunit.bench.rows",
                        "probeunity",
                        "java.home")))
                .isEmpty();
    }
}
