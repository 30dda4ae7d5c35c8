package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.Condition;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which firings the script judges by what, and how. */
class JudgingTest {

    private static final IntegerFilter REGISTER = filter("arg1:s32 == -2");
    private static final IntegerFilter MEMORY = filter("arg2 >= 5");
    private static final ProbePoint MARK = Points.mark(
            "shop",
            "placed",
            List.of(Points.site(
                    0x10,
                    Points.register(8, false, 5),
                    Points.memory(2, true, 6, 2, 4, -8),
                    Points.constant(4, 7),
                    Points.register(8, false, 1))),
            "arg1",
            "arg2",
            "arg3",
            "arg4:string");

    @Test
    void what_is_read_from_memory_beside_a_text_is_given_up_first() {
        ProbePoint plain = Points.function("f", "arg1").recording(Points.slots("arg1"), List.of(REGISTER));
        ProbePoint text = MARK.recording(Points.slots("arg1", "arg2", "arg4:string"), List.of(REGISTER, MEMORY));

        assertThat(Judging.attempts(List.of(plain, text), 100))
                .extracting(Judging::filters)
                .containsExactly(
                        List.of(List.of(REGISTER), List.of(REGISTER, MEMORY)),
                        List.of(List.of(REGISTER), List.of(REGISTER)),
                        List.of(List.of(REGISTER), List.of()),
                        List.of(List.of(), List.of()));
        assertThat(Judging.attempts(List.of(plain), 100)).hasSize(2);
        assertThat(Judging.attempts(List.of(Points.function("f")), 100)).hasSize(1);
    }

    @Test
    void points_share_the_room_and_each_has_16_at_most() {
        List<IntegerFilter> many =
                IntStream.range(0, 20).mapToObj(i -> filter("arg1:u8 == " + i)).toList();
        ProbePoint point = Points.function("f", "arg1").recording(Points.slots("arg1"), many);

        assertThat(Judging.attempts(List.of(point, point, point), 20).get(0).filters())
                .containsExactly(many.subList(0, 16), many.subList(0, 4), List.of());
    }

    @Test
    void what_is_not_read_is_not_judged() {
        ProbePoint point = Points.function("f").recording(Points.slots("arg2"), List.of(REGISTER, MEMORY));

        assertThat(Judging.attempts(List.of(point), 20).get(0).filters()).containsExactly(List.of(MEMORY));
    }

    /** The kernel's numbers of instructions: {@code linux/bpf_common.h}, {@code linux/bpf.h}. */
    @Test
    void a_firing_that_satisfies_a_filter_is_added_to_it() {
        assertThat(code(REGISTER).call()).isEqualTo("pu_judge0_0()");
        assertThat(code(REGISTER).function()).isEqualTo("""
                function pu_judge0_0:long() %{ /* bpf */
                  alloc, $key, 8, align;
                  alloc, $memory, 8, align;
                  0x79, $value, 6, 112, -;
                  0x67, $value, -, -, 32;
                  0xc7, $value, -, -, 32;
                  0xb7, $number, -, -, 65535;
                  0x67, $number, -, -, 16;
                  0x07, $number, -, -, 65535;
                  0x67, $number, -, -, 16;
                  0x07, $number, -, -, 65535;
                  0x67, $number, -, -, 16;
                  0x07, $number, -, -, 65534;
                  0x5d, $value, $number, _next0, -;
                  0xb7, $number, -, -, 2;
                  0x7b, $key, $number, 0, 0;
                  0x118, $map, -, -, 2;
                  call, $place, map_lookup_elem, $map, $key;
                  0x15, $place, -, _next0, 0;
                  0xb7, $number, -, -, 1;
                  0xdb, $place, $number, 0, 0;
                  label, _next0;
                  0xb7, $$, -, -, 0;
                %}
                """);
    }

    @Test
    void memory_that_cannot_be_read_leaves_a_firing_undecided_unless_another_check_fails() {
        assertThat(code(MEMORY).function()).contains("""
                  0xb7, $unknown, -, -, 0;
                  0xb7, $value, -, -, 0;
                  0x79, $value, 6, 32, -;
                  0x79, $number, 6, 88, -;
                  0x27, $number, -, -, 4;
                  0x0f, $value, $number, -, -;
                """).contains("""
                  0x0f, $value, $number, -, -;
                  0x7a, $memory, -, 0, 0;
                  call, $outcome, probe_read_user, $memory, 2, $value;
                  0x15, $outcome, -, _read0_0, 0;
                  0xb7, $unknown, -, -, 1;
                  0x05, -, -, _checked0_0, -;
                  label, _read0_0;
                  0x79, $value, $memory, 0, -;
                  0x67, $value, -, -, 48;
                  0xc7, $value, -, -, 48;
                  0xc5, $value, -, _next0, 5;
                  label, _checked0_0;
                  0xb7, $number, -, -, 2;
                  0x0f, $number, $unknown, -, -;
                """);
    }

    @Test
    void a_constant_decides_by_itself() {
        assertThat(code(filter("arg3 == 8")).isEmpty()).isTrue();
        assertThat(code(filter("arg3 == 7")).isEmpty()).isFalse();
        assertThat(code(filter("arg1 == 1", "arg3 == 8")).isEmpty()).isTrue();
    }

    /** Unsigned values are never below 0, signed ones never reach 2^63. */
    @Test
    void a_literal_beyond_the_values_decides_by_itself() {
        assertThat(code(filter("arg1:u64 > -1")).function()).doesNotContain("0x05", "0xb5");
        assertThat(code(filter("arg1:u64 < -1")).function()).contains("0x05, -, -, _next0, -;");
        assertThat(code(filter("arg1:s64 < 9223372036854775808")).function()).doesNotContain("0x05", "0x75");
    }

    @Test
    void numbers_with_a_sign_are_compared_so_and_others_are_not() {
        assertThat(Stream.of("==", "!=", "<", "<=", ">", ">=")
                        .map(operator -> jump("arg1:u64 %s 9".formatted(operator)))
                        .toList())
                .containsExactly("0x55", "0x15", "0x35", "0x25", "0xb5", "0xa5");
        assertThat(Stream.of("==", "!=", "<", "<=", ">", ">=")
                        .map(operator -> jump("arg1:s64 %s 9".formatted(operator)))
                        .toList())
                .containsExactly("0x55", "0x15", "0x75", "0x65", "0xd5", "0xc5");
        assertThat(code(filter("arg1:u64 < 4294967296")).function()).contains("0x3d, $value, $number, _next0, -;");
    }

    private static String jump(String condition) {
        return code(filter(condition))
                .function()
                .lines()
                .filter(line -> line.endsWith("$value, -, _next0, 9;"))
                .map(line -> line.strip().substring(0, 4))
                .findFirst()
                .orElseThrow();
    }

    private static JudgingCode code(IntegerFilter filter) {
        MapLayout layout = new MapLayout(new Judging(List.of(List.of(filter))), 2);
        return new JudgingCode(PointReading.of(MARK), 0, layout, 0);
    }

    private static IntegerFilter filter(String... conditions) {
        return new IntegerFilter(Stream.of(conditions)
                .map(text -> Condition.parse(text, List.of()))
                .toList());
    }
}
