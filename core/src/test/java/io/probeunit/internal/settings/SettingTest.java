package io.probeunit.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

    private static final Setting NUMBER = Setting.of("probeunit.number", new Values.Range(0, 9), "1", "A number.");
    private static final Setting TEXT = Setting.unset("probeunit.text", new Values.Text("a text"), "A text.");

    enum Colour {
        NONE,
        RED,
        GREEN
    }

    @Test
    void a_table_is_put_together_from_parts() {
        SettingTable table = SettingTable.of(List.of(List.of(TEXT), List.of(NUMBER)));

        assertThat(table.settings()).containsExactly(TEXT, NUMBER);
        assertThat(table.keys()).containsExactly("probeunit.number", "probeunit.text");
    }

    @Test
    void two_parts_cannot_have_one_key() {
        assertThatThrownBy(() -> SettingTable.of(List.of(List.of(TEXT, NUMBER), List.of(TEXT))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("probeunit.text");
    }

    @Test
    void a_key_without_the_prefix_is_refused() {
        assertThatThrownBy(() -> Setting.unset("text", new Values.Text("a text"), "A text."))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("probeunit.");
    }

    @Test
    void a_default_that_is_not_allowed_is_refused() {
        Values.Choice colours = Values.Choice.of(Colour.class).without(Colour.NONE);

        assertThat(colours.text()).isEqualTo("RED, GREEN");
        assertThatThrownBy(() -> Setting.of("probeunit.colour", colours, "NONE", "A colour."))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("probeunit.colour");
    }

    @Test
    void a_value_is_written_as_in_the_list_of_those_allowed() {
        Setting colour = Setting.of("probeunit.colour", Values.Choice.of(Colour.class), "NONE", "A colour.");

        assertThat(value(colour, "green")).hasValue("GREEN");
        assertThat(colour.value(Optional.empty(), IllegalArgumentException::new))
                .hasValue("NONE");
        assertThat(TEXT.value(Optional.empty(), IllegalArgumentException::new)).isEmpty();
        assertThatThrownBy(() -> value(colour, "blue"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probeunit.colour = blue is not valid (PU0301); allowed: NONE, RED, GREEN.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9"})
    void a_number_in_the_range(String number) {
        assertThat(value(NUMBER, number)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-1", "x", "", "99999999999"})
    void no_number_in_the_range(String number) {
        assertThatThrownBy(() -> value(NUMBER, number)).hasMessageContaining("allowed: 0 to 9.");
    }

    @Test
    void times() {
        assertThat(Values.Time.parse("500ms")).hasValue(Duration.ofMillis(500));
        assertThat(Values.Time.parse(" 5 s ")).hasValue(Duration.ofSeconds(5));
        assertThat(Values.Time.parse("1m")).hasValue(Duration.ofMinutes(1));
        assertThat(Values.Time.parse("1h")).isEmpty();
        assertThat(new Values.Time().checked("1m")).hasValue("1m");
        assertThat(new Values.Time().checked("0s")).isEmpty();
    }

    private static Optional<String> value(Setting setting, String given) {
        return setting.value(Optional.of(given), IllegalArgumentException::new);
    }
}
