package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.plan.Condition.Literal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arg1==42 | arg1 | EQUAL | 42",
                "  arg1 != -1 | arg1 | NOT_EQUAL | -1",
                "arg2:u8<=0xff | arg2:u8 | AT_MOST | 255",
                "arg3 : s16 >= -0X10 | arg3:s16 | AT_LEAST | -16",
                "return < 18446744073709551615 | return | LESS | 18446744073709551615",
                "return:s64 > -9223372036854775808 | return:s64 | GREATER | -9223372036854775808",
                "$errno == '7' | $errno | EQUAL | 7"
            })
    void a_comparison_with_a_number(String text, String value, Comparison comparison, BigInteger number) {
        Condition condition = Condition.parse(text, List.of());

        assertThat(condition.value()).hasToString(value);
        assertThat(condition.comparison()).isEqualTo(comparison);
        assertThat(condition.literal()).isEqualTo(new Literal.Number(number));
        assertThat(condition).hasToString(text.strip());
    }

    @Test
    void the_type_comes_from_the_capture_unless_the_condition_has_one() {
        List<Capture> captures = List.of(Capture.parse("arg1"), Capture.parse("arg2:string"));

        assertThat(Condition.parse("arg2 == x", captures).value()).hasToString("arg2:string");
        assertThat(Condition.parse("arg2:u64 == 1", captures).value()).hasToString("arg2:u64");
        assertThat(Condition.parse("arg3 == 1", captures).value()).hasToString("arg3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "arg1:string == two words | two words",
                "arg1:string ==   blanks around   | blanks around",
                "arg1:string == '  kept  ' | \"  kept  \"",
                "arg1:string == '' | \"\"",
                "arg1:string == 'it's' | it's",
                "arg1:string == ' | '",
                "arg1:string == == | ==",
                "arg1:string == 42 | 42"
            })
    void a_text_is_the_rest_unless_it_is_quoted(String condition, String text) {
        assertThat(Condition.parse(condition, List.of()).literal()).isEqualTo(new Literal.Text(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arg1 | is not a comparison; write NAME OP LITERAL",
                "arg1 = 5 | is not a comparison",
                "== 5 | is not a comparison",
                "arg1 == | compares with nothing; for empty text write '' (PU0230).",
                "arg1 == abc | 'abc' is text, but arg1 is a number; if it points to text, write arg1:string (PU0229).",
                "arg1:u8 == 1e3 | '1e3' is text, but arg1:u8 is a number",
                "arg1 =~ ^a | =~ searches text, but arg1 is a number; if it points to text, write arg1:string (PU0229).",
                "arg1:string < b | text has no order; use ==, != or =~ (PU0226).",
                "arg1:string =~ a( | the regular expression is not understood (PU0227): Unclosed group near index 2.",
                "arg1 == 18446744073709551616 | 18446744073709551616 does not fit 64 bits, so no value can equal it (PU0228).",
                "arg1 == -9223372036854775809 | does not fit 64 bits",
                "order == 1 | names no value; write arg1 to arg12, return (with onReturn = true), or $name",
                "arg13 == 1 | There is no arg13: arguments are counted from arg1 to arg12 (PU0215).",
                "arg1:int == 1 | gives the type 'int', which does not exist (PU0214); the types are s8, s16, s32, s64, u8"
            })
    void what_means_nothing_is_refused_with_advice(String text, String message) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Condition.parse(text, List.of()))
                .withMessageStartingWith("where = \"" + text + "\"")
                .withMessageContaining(message);
    }

    @Test
    void a_name_that_is_not_captured_is_told_with_those_that_are() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Condition.parse("arg0 == 1", List.of(Capture.parse("arg1:s32"))))
                .withMessageContaining("There is no arg0")
                .withMessageEndingWith("(this annotation captures arg1:s32)");
    }

    @Test
    void a_text_that_may_be_cut_is_equal_to_nothing_that_goes_on_from_it() {
        Condition equal = Condition.parse("arg1:string == abcdef", List.of());
        Condition other = Condition.parse("arg1:string != abcdef", List.of());

        assertThat(equal.holds("abcdef", false)).contains(true);
        assertThat(other.holds("abcdef", false)).contains(false);
        assertThat(equal.holds("abc", false)).contains(false);
        assertThat(equal.holds("abc", true)).isEmpty();
        assertThat(other.holds("abc", true)).isEmpty();
        assertThat(equal.holds("abd", true)).contains(false);
        assertThat(other.holds("abd", true)).contains(true);
        assertThat(equal.holds("abcdefg", true)).contains(false);
    }

    /** A string that just fits looks as if it were cut. */
    @Test
    void a_text_that_may_be_cut_may_be_equal_to_what_is_seen_of_it() {
        assertThat(Condition.parse("arg1:string == abc", List.of()).holds("abc", true))
                .isEmpty();
        assertThat(Condition.parse("arg1:string != abc", List.of()).holds("abc", true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^SELECT", "LEC", "S.*T", "(?i)select", "SELECT|x", "\\bSEL"})
    void an_expression_found_in_the_part_that_is_there_is_found(String expression) {
        assertThat(finds(expression, "SELECT 1")).contains(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1$",
                "1\\z",
                "1\\Z",
                "1\\b",
                "1(?!2)",
                "(?<=1)$",
                " \\d++$",
                "x",
                "1x",
                "(?m)1$",
                "x|1\\z",
                "1\\x{0a}?\\z"
            })
    void an_expression_that_depends_on_what_follows_decides_nothing(String expression) {
        assertThat(finds(expression, "SELECT 1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^x", "^SELECT 2", "\\AE"})
    void an_expression_that_no_end_could_satisfy_is_not_found(String expression) {
        assertThat(finds(expression, "SELECT 1")).contains(false);
    }

    private static Optional<Boolean> finds(String expression, String cut) {
        return Condition.parse("arg1:string =~ " + expression, List.of()).holds(cut, true);
    }
}
