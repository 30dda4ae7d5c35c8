package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralConditionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arg1:s32 == 42 && arg3 == 75",
                "arg1 == 42&&arg3:s32 != -75",
                "arg1 == 42 and arg3 == 75",
                "arg2:string == ann && arg1 == 42",
                "arg2:string =~ ^a && arg1 == 42"
            })
    void in_one_entry_are_refused_with_the_advice_to_write_several(String text) {
        assertThatThrownBy(() -> Condition.parse(text, List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("write several conditions as several entries (PU0225): where = {\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arg1 == 42 || arg1 == 43", "arg1 == 1 or arg1 == 2"})
    void of_which_one_may_hold_are_refused(String text) {
        assertThatThrownBy(() -> Condition.parse(text, List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("all conditions must be true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arg2:string == a && b",
                "arg2:string =~ a||b",
                "arg2:string == salt and pepper",
                "arg2:string == 'ann && arg1 == 42'"
            })
    void text_may_hold_what_looks_like_it(String text) {
        assertThat(Condition.parse(text, List.of()).text()).isEqualTo(text);
    }
}
