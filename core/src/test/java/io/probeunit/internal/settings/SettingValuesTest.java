package io.probeunit.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingValuesTest {

    private static final Setting TIME = Setting.of("probeunit.time", new Values.Time(), "60s", "How long.");
    private static final Setting VARIABLES =
            Setting.unset("probeunit.variables", new Values.Variables(), "What is added.");

    @Test
    void defaults_where_nothing_is_given() {
        SettingValues values = given(Map.of());

        assertThat(values).isEqualTo(SettingValues.defaults(List.of(TIME, VARIABLES)));
        assertThat(values.time(TIME)).isEqualTo(Duration.ofMinutes(1));
        assertThat(values.value(VARIABLES)).isEmpty();
        assertThat(values.variables(VARIABLES)).isEmpty();
    }

    @Test
    void what_is_given() {
        SettingValues values = given(Map.of("probeunit.time", "5s", "probeunit.variables", " A=1 ,B = x=y,C=,"));

        assertThat(values.time(TIME)).isEqualTo(Duration.ofSeconds(5));
        assertThat(values.variables(VARIABLES)).isEqualTo(Map.of("A", "1", "B", "x=y", "C", ""));
        assertThat(values).isNotEqualTo(SettingValues.defaults(List.of(TIME, VARIABLES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LD_PRELOAD", "A B=1", "=1", "A=1,2", "1A=2"})
    void variables_that_are_not_written_so_are_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> given(Map.of("probeunit.variables", text)))
                .withMessage(
                        "probeunit.variables = %s is not valid (PU0301); allowed: NAME=VALUE, several separated by commas."
                                .formatted(text));
    }

    private static SettingValues given(Map<String, String> given) {
        return SettingValues.of(
                List.of(TIME, VARIABLES), key -> Optional.ofNullable(given.get(key)), IllegalArgumentException::new);
    }
}
