package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an annotation captures and how often it expects a point to fire. */
class CapturesAndBoundsTest {

    private static final BinarySelector ANY = new BinarySelector.TargetDefault();

    @ParameterizedTest
    @CsvSource({
        "arg1, arg1, arg1",
        "arg12:string, arg12:string, arg12",
        "return:s32, return:s32, return",
        "$order_id:u64, $order_id:u64, $order_id",
        "' arg2 : hex ', arg2:hex, arg2"
    })
    void captures(String text, String capture, String key) {
        assertThat(Capture.parse(text)).hasToString(capture);
        assertThat(Capture.parse(text).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arg0 | There is no arg0: arguments are counted from arg1 to arg12 (PU0215).",
                "arg13 | There is no arg13",
                "argument | \"argument\" names no value; write arg1 to arg12, return",
                "arg1234 | names no value",
                "$ | names no value",
                "$a-b | names no value",
                "$a;exit() | names no value",
                "'' | names no value",
                "arg1: | \"arg1:\" gives the type '', which does not exist",
                "arg1:S32 | gives the type 'S32', which does not exist (PU0214); the types are s8, s16, s32, s64, u8, u16, u32, u64, hex, ptr, string.",
                "arg1:s32:u8 | gives the type 's32:u8'"
            })
    void what_is_no_capture_is_refused(String text, String message) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Capture.parse(text))
                .withMessageContaining(message);
    }

    @Property
    void a_type_narrows_to_its_bits(@ForAll long raw) {
        for (ValueType type : ValueType.values()) {
            BigInteger modulus = BigInteger.ONE.shiftLeft(type.bits());
            BigInteger low = BigInteger.valueOf(raw).mod(modulus);
            boolean negative = type.isSigned() && low.testBit(type.bits() - 1);

            assertThat(type.narrow(raw))
                    .as(type.keyword())
                    .isEqualTo((negative ? low.subtract(modulus) : low).longValue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1, -1, at least 1 time",
        "0, -1, -1, never",
        "1, -1, -1, exactly 1 time",
        "7, -1, -1, exactly 7 times",
        "-1, 2, -1, at least 2 times",
        "-1, -1, 0, never",
        "-1, -1, 3, at most 3 times",
        "-1, 2, 3, 2 to 3 times",
        "-1, 2, 2, exactly 2 times"
    })
    void bounds(long times, long atLeast, long atMost, String said) {
        assertThat(CountBounds.of(times, atLeast, atMost)).hasToString(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 | -1 | times = 1 is given together with atLeast = 1; times alone says the exact count, so leave the other out (PU0235).",
                "0 | -1 | 5 | times = 0 is given together with atMost = 5",
                "-1 | 3 | 2 | atLeast = 3 and atMost = 2 contradict each other: no count satisfies both (PU0233).",
                "-2 | -1 | -1 | times = -2 is negative; give 0 or more (PU0237).",
                "-1 | -7 | -1 | atLeast = -7 is negative",
                "-1 | -1 | -2 | atMost = -2 is negative"
            })
    void bounds_that_contradict_each_other_are_refused(long times, long atLeast, long atMost, String message) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> CountBounds.of(times, atLeast, atMost))
                .withMessageContaining(message);
    }

    @Property
    void a_count_within_the_bounds_is_right(
            @ForAll @LongRange(min = 0, max = 9) long least,
            @ForAll @LongRange(min = 0, max = 9) long more,
            @ForAll @LongRange(min = 0, max = 30) long count) {
        assertThat(CountBounds.of(-1, least, least + more).contains(count))
                .isEqualTo(count >= least && count <= least + more);
        assertThat(CountBounds.of(-1, least + 1, -1).contains(count)).isEqualTo(count >= least + 1);
        assertThat(CountBounds.of(least, -1, -1).contains(count)).isEqualTo(count == least);
        assertThat(CountBounds.of(-1, -1, -1).contains(count)).isEqualTo(count >= 1);
    }

    @Test
    void values_that_a_point_does_not_have_are_refused() {
        refuses(
                function(false),
                "return",
                "return is captured at the entry of function f (PU0217); a return value exists only with onReturn = true.");
        refuses(
                mark(),
                "return:s32",
                "return:s32 is captured at mark shop:placed, but marks return nothing (PU0218). Capture the mark's arguments, or the return of the function around it with @ProbeFunction and onReturn = true.");
        refuses(
                function(true),
                "arg1",
                "arg1 is captured at the return of function f; its registers hold something else by then (PU0219).");
        refuses(
                function(false),
                "arg7",
                "arg7 is captured at function f; the arguments in registers are arg1 to arg6 (PU0216).");
        assertThatCode(() -> request(mark(), "arg12")).doesNotThrowAnyException();
        assertThatCode(() -> request(function(true), "return")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "arg1 == -1, arg1:s32 == -1",
        "arg1==42, arg1:s32==42",
        "arg1 < 5, arg1:s32 < 5",
        "arg1 != 0x1, arg1:s32 != 0x1"
    })
    void a_number_in_a_register_of_a_function_needs_a_type(String where, String advice) {
        Condition condition = Condition.parse(where, List.of(Capture.parse("arg1")));

        assertThat(condition.needsDeclaredType()).isTrue();
        assertThat(condition.withoutDeclaredType("No debug information gives it."))
                .isEqualTo(
                        "where = \"%s\" compares a number, and the type of arg1 is not known: it is a register of 64 bits, and a function uses only the bits of its type (PU0232). Write \"%s\" for an int, and :u32 for an unsigned int, :u8 for a bool, :s64 for a long, :u64 for a size_t. No debug information gives it.",
                        where, advice);
    }

    @Test
    void the_type_of_a_number_is_known_from_the_condition_the_capture_or_the_note() {
        assertThatCode(() -> expectation(function(false), "arg1", "arg1:s32 == -1"))
                .doesNotThrowAnyException();
        assertThatCode(() -> expectation(function(false), "arg1:s64", "arg1 == -1"))
                .doesNotThrowAnyException();
        assertThatCode(() -> expectation(function(true), "return:u8", "return == 0"))
                .doesNotThrowAnyException();
        assertThatCode(() -> expectation(mark(), "arg1", "arg1 == -1")).doesNotThrowAnyException();
        Condition untyped = Condition.parse("return == 0", List.of(Capture.parse("return")));
        assertThat(untyped.needsDeclaredType()).isTrue();
        assertThat(untyped.withoutDeclaredType("")).contains("Write \"return:s32 == 0\"");
    }

    @Test
    void text_needs_no_type_of_a_number() {
        assertThatCode(() -> expectation(function(false), "arg1:string", "arg1 == 42"))
                .doesNotThrowAnyException();
        assertThatCode(() -> expectation(function(false), "$v", "$v == 42")).doesNotThrowAnyException();
    }

    private static void refuses(PointSpec point, String capture, String message) {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> request(point, capture))
                .withMessageStartingWith(message);
    }

    private static FunctionSpec function(boolean onReturn) {
        return new FunctionSpec(new NamePattern("f"), onReturn, ANY, Optional.empty());
    }

    private static MarkSpec mark() {
        return MarkSpec.parse("shop:placed", ANY, Optional.empty());
    }

    private static ProbeRequest request(PointSpec point, String... captures) {
        return new ProbeRequest(point, Stream.of(captures).map(Capture::parse).toList(), "@ProbeFunction(\"f\")");
    }

    private static Expectation expectation(PointSpec point, String capture, String where) {
        List<Capture> captures = List.of(Capture.parse(capture));
        Filter filter = new Filter(List.of(Condition.parse(where, captures)));
        return new Expectation(
                new ProbeRequest(point, captures, filter, "@ProbeFunction(\"f\")"),
                CountBounds.of(-1, -1, -1),
                Optional.empty());
    }
}
