package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantConditionTest {

    @ParameterizedTest
    @CsvSource({
        "return:s8 == 300, no value",
        "return:s8 != 300, every value",
        "return:s8 > 127, no value",
        "return:s8 <= 127, every value",
        "return:u32 < 0, no value",
        "return:u64 >= 0, every value",
        "return:u64 > 18446744073709551615, no value",
        "return:u32 == -1, no value",
        "return:hex >= 0, every value",
        "return:s64 > 9223372036854775807, no value"
    })
    void what_no_value_of_the_type_can_change_is_refused(String condition, String holds) {
        assertThatThrownBy(() -> onReturn(condition))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("where = \"%s\"".formatted(condition))
                .hasMessageContaining("is true for " + holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return:s8 == 127",
                "return:s8 == -128",
                "return:s32 < 0",
                "return:s32 >= 0",
                "return:u8 < 255",
                "return:ptr != 0",
                "return:u64 == 18446744073709551615",
                "return:string == 300"
            })
    void what_depends_on_the_value_is_accepted(String condition) {
        assertThat(onReturn(condition).where().conditions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return < 0", "return >= 0", "return == -2"})
    void the_advice_is_to_give_a_type(String condition) {
        Condition untyped = onReturn(condition).where().conditions().get(0);

        assertThat(untyped.needsDeclaredType()).isTrue();
        assertThat(untyped.withoutDeclaredType("")).contains("return:s32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arg1 < 0", "arg1 >= 0", "arg1 == 300"})
    void an_untyped_argument_of_a_mark_is_known_to_its_note_alone(String condition) {
        assertThat(expectation(MarkSpec.parse("m", BinarySelector.parse(""), Optional.empty()), condition)
                        .where()
                        .conditions())
                .hasSize(1);
    }

    private static Expectation onReturn(String condition) {
        return expectation(
                new FunctionSpec(new NamePattern("f"), true, BinarySelector.parse(""), Optional.empty()), condition);
    }

    private static Expectation expectation(PointSpec point, String condition) {
        Condition read = Condition.parse(condition, List.of());
        ProbeRequest request =
                new ProbeRequest(point, List.of(read.value()), new Filter(List.of(read)), "@ExpectFunction");
        return new Expectation(request, CountBounds.of(0, -1, -1), Optional.empty());
    }
}
