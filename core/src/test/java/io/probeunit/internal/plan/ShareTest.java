package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

    @ParameterizedTest
    @CsvSource({"60%, 60 %", "60 %, 60 %", "99.5%, 99.5 %", "100%, 100 %", "0.001%, 0.001 %", "' 7.50% ', 7.5 %"})
    void a_percentage_is_understood(String text, String shown) {
        assertThat(Share.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "0.6", "-1%", "1e2%", "%", "60 percent", "1,5%", ".5%"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Share.parse(text))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("is not a share");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "0.0%", "100.1%", "999%"})
    void what_always_or_never_holds_is_refused(String text) {
        assertThatThrownBy(() -> Share.parse(text))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("always or never holds");
    }

    @Test
    void it_is_compared_exactly() {
        Share third = Share.parse("33.333333%");

        assertThat(third.isReached(1, 3)).isTrue();
        assertThat(Share.parse("33.333334%").isReached(1, 3)).isFalse();
        assertThat(Share.parse("60%").isReached(3, 5)).isTrue();
        assertThat(Share.parse("60%").isReached(29, 49)).isFalse();
        assertThat(Share.parse("100%").isReached(47_999, 48_000)).isFalse();
    }

    @Test
    void a_part_is_never_printed_as_more_than_it_is() {
        assertThat(Share.text(47_999, 48_000)).isEqualTo("99.9 %");
        assertThat(Share.text(3, 5)).isEqualTo("60 %");
    }
}
