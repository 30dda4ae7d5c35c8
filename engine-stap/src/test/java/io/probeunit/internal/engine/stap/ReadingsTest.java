package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.engine.ProbePoint;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are read, and which points cannot be served: what SystemTap does not have, and names that it would misread. */
class ReadingsTest {

    static Stream<Arguments> operands() {
        return Stream.of(
                Arguments.of(Points.register(8, false, 5), "@uregister(5)"),
                Arguments.of(Points.register(8, true, 5), "@uregister(5)"),
                Arguments.of(Points.register(4, true, 3), "((@uregister(3) << 32) >> 32)"),
                Arguments.of(Points.register(4, false, 3), "((@uregister(3) << 32) >>> 32)"),
                Arguments.of(Points.register(2, true, 3), "((@uregister(3) << 48) >> 48)"),
                Arguments.of(Points.register(1, false, 3), "((@uregister(3) << 56) >>> 56)"),
                Arguments.of(Points.highByte(3), "(((@uregister(3) >> 8) << 56) >>> 56)"),
                Arguments.of(Points.memory(8, false, 6, -1, 1, 16), "@uderef(8, (@uregister(6) + 16))"),
                Arguments.of(Points.memory(8, false, 6, -1, 1, -16), "@uderef(8, (@uregister(6) + (0 - 16)))"),
                Arguments.of(
                        Points.memory(4, true, 6, 2, 4, 0),
                        "((@uderef(4, (@uregister(6) + @uregister(2) * 4 + 0)) << 32) >> 32)"),
                Arguments.of(Points.memory(8, false, -1, 2, 8, 4096), "@uderef(8, (@uregister(2) * 8 + 4096))"),
                Arguments.of(Points.memory(8, false, -1, -1, 1, 4096), "@uderef(8, (4096))"));
    }

    @ParameterizedTest
    @MethodSource("operands")
    void the_address_of_a_text_is_an_expression_of_its_width_and_sign(Operand operand, String expression) {
        assertThat(Operands.reading(operand).address()).isEqualTo(expression);
        assertThat(Operands.refusal(operand)).isEmpty();
    }

    /** A line holds 64 bits, and all that is known of the operand is applied to them when it is read. */
    @Test
    void an_integer_is_printed_as_it_is_and_cut_down_by_its_reader() {
        Reading register = Operands.reading(Points.register(2, true, 3));
        Reading high = Operands.reading(Points.highByte(3));
        Reading memory = Operands.reading(Points.memory(4, true, 6, 2, 4, -8));

        assertThat(register.expression()).isEqualTo("@uregister(3)");
        assertThat(register.value(0x12348001L)).isEqualTo(-32767);
        assertThat(high.expression()).isEqualTo("@uregister(3)");
        assertThat(high.value(0x1234567890L)).isEqualTo(0x78);
        assertThat(memory.expression()).isEqualTo("pu_read4((@uregister(6) + @uregister(2) * 4 + (0 - 8)))");
        assertThat(memory.value(0xfffffffeL)).isEqualTo(-2);
        assertThat(Operands.reading(Points.memory(4, false, 6, -1, 1, 0)).value(0xfffffffeL))
                .isEqualTo(0xfffffffeL);
        assertThat(Operands.reading(Points.constant(4, -3)).value(0)).isEqualTo(-3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, -(1L << 31), Long.MIN_VALUE, Long.MAX_VALUE})
    void an_address_beyond_32_bits_is_refused(long displacement) {
        assertThat(Operands.refusal(Points.memory(8, false, 6, -1, 1, displacement)))
                .contains("its address is more than 2 GiB away from its base register (PU1074)");
    }

    @Test
    void an_argument_is_in_the_register_that_its_type_leaves_it() {
        ProbePoint.Function plain = Points.function("f", "arg2");
        ProbePoint.Function shifted = new ProbePoint.Function(
                "f", false, plain.symbols(), plain.file(), plain.slots(), List.of(), List.of(), Map.of(2, 1), Map.of());

        assertThat(PointReading.of(shifted).sites().get(0).values()).containsExactly(Reading.Register.whole(5));
    }

    @Test
    void arguments_and_return_values_are_in_the_registers_of_the_abi() {
        assertThat(PointReading.of(Points.function("f", "arg1", "arg2", "arg3", "arg4", "arg5", "arg6"))
                        .sites()
                        .get(0)
                        .values())
                .extracting(Reading::expression)
                .containsExactly(
                        "@uregister(5)",
                        "@uregister(4)",
                        "@uregister(1)",
                        "@uregister(2)",
                        "@uregister(8)",
                        "@uregister(9)");
    }

    @Test
    void sites_with_the_same_operands_are_one() {
        ProbePoint same = Points.mark(
                "p",
                "m",
                List.of(
                        Points.site(0x10, Points.register(4, true, 5), Points.constant(4, 1)),
                        Points.site(0x20, Points.register(4, true, 5), Points.constant(4, 2))),
                "arg1");

        assertThat(PointReading.of(same).hasSeveralSites()).isFalse();
        assertThat(PointReading.of(same.recording(Points.slots("arg1", "arg2"), List.of()))
                        .hasSeveralSites())
                .isTrue();
        assertThat(PointReading.of(same.recording(List.of(), List.of())).hasSeveralSites())
                .isFalse();
    }

    @Test
    void sites_are_brought_together_by_how_they_are_read() {
        ProbePoint three = Points.mark(
                "p",
                "m",
                List.of(
                        Points.site(0x1010, Points.register(4, true, 5)),
                        Points.site(0x2010, Points.register(4, true, 4)),
                        Points.site(0x3010, Points.register(4, true, 5))),
                "arg1");

        assertThat(PointReading.of(three).sites())
                .extracting(PointReading.Site::offsets)
                .containsExactly(List.of(0x1010L, 0x3010L), List.of(0x2010L));
        assertThat(PointReading.refusal(three)).isEmpty();
    }

    @Test
    void what_systemtap_cannot_read_is_refused() {
        refuses(
                Points.function("f", "$order"),
                "SystemTap's BPF runtime cannot read $order: it reads no variables by name");
        refuses(
                Points.function("f", "arg1:string", "arg2:string", "arg3:string"),
                "3 strings are captured at it (PU1067); SystemTap's BPF runtime reads at most 2 at one point");
        refuses(
                Points.mark(
                        "p", "m", List.of(Points.site(0x10, Points.unsupported("it is in a vector register"))), "arg1"),
                "arg1 cannot be captured: it is in a vector register");
    }

    /** With SystemTap 4.8, more than this does not compile: "insufficent BPF stack size". */
    @Test
    void two_strings_leave_no_room_for_more() {
        assertThat(PointReading.refusal(Points.function("f", "arg1:string", "arg2:string")))
                .isEmpty();
        assertThat(PointReading.refusal(Points.function("f", "arg1:string", "arg2", "arg3", "arg4")))
                .isEmpty();
        refuses(
                Points.function("f", "arg1:string", "arg2:string", "arg3"),
                "2 strings and 1 other values are captured at it (PU1069); where SystemTap's BPF runtime reads 2 strings, it has no room for more");
        ProbePoint twoSites = Points.mark(
                "p",
                "m",
                List.of(
                        Points.site(0x1010, Points.register(8, false, 5), Points.register(8, false, 4)),
                        Points.site(0x2020, Points.register(8, false, 4), Points.register(8, false, 5))),
                "arg1:string",
                "arg2:string");
        assertThat(PointReading.refusal(twoSites)).isEmpty();
    }

    /** With SystemTap 4.8, 12 beside a string do not compile. */
    @Test
    void what_is_read_from_memory_takes_room_too() {
        assertThat(PointReading.refusal(inMemory(12, ""))).isEmpty();
        assertThat(PointReading.refusal(inMemory(8, ":string"))).isEmpty();
        refuses(
                inMemory(9, ":string"),
                "a string and 9 integers in memory are captured at it; beside a string, SystemTap's BPF runtime has room for 8");
    }

    private static ProbePoint inMemory(int count, String lastType) {
        Operand operand = Points.memory(4, true, 6, -1, 1, 8);
        List<String> captures = Stream.concat(
                        IntStream.rangeClosed(1, count).mapToObj(i -> "arg" + i),
                        lastType.isEmpty() ? Stream.of() : Stream.of("arg%d%s".formatted(count + 1, lastType)))
                .toList();
        return Points.mark(
                "p",
                "m",
                List.of(Points.site(
                        0x10, Stream.generate(() -> operand).limit(count + 1).toArray(Operand[]::new))),
                captures.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f\"",
                "f\\",
                "f\n",
                "f*",
                "f?",
                "f[a]",
                "f{a,b}",
                "f:1",
                "f(int)",
                "f g",
                "",
                "0x1180",
                "f#",
                "fü",
                "x\").call { exit() } probe begin"
            })
    void a_symbol_that_would_be_read_as_script_is_not_written(String name) {
        assertThat(ScriptNames.canSay(function(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "foo.constprop.0", "_ZN4shop5orderEv", "runtime.main", ".hidden", "a$b", "$d"})
    void symbols_of_compilers_are_taken(String name) {
        assertThat(ScriptNames.canSay(function(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m\"", "m*", "m?", "m[a]", "m\n", "m\\", "m m", "", "m:n", "m@n"})
    void a_mark_that_would_be_read_as_script_is_not_written(String name) {
        List<io.probeunit.internal.binary.MarkSite> sites = List.of(Points.site(0x10));

        assertThat(ScriptNames.canSay(Points.mark("shop", name, sites))).isFalse();
        assertThat(ScriptNames.canSay(Points.mark(name, "placed", sites))).isFalse();
        assertThat(ScriptNames.canSay(Points.mark("my-shop", "order__placed-2", sites)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a\"b",
                "/a\\b",
                "/a*b",
                "/a[b]",
                "/a{b}",
                "/a\nb",
                "relative",
                "/a$1",
                "/a\u0000",
                "/ü",
                "/a#b",
                "/a;b"
            })
    void a_path_that_would_be_read_as_script_is_not_written(String path) {
        ProbePoint point = new ProbePoint.Function("f", false, List.of(), Points.file(path), List.of());

        assertThat(ScriptNames.canSay(point)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {Points.PATH, "/home/me/my project/c++/a@b,c=d~e%f", "/"})
    void other_paths_are_taken(String path) {
        assertThat(ScriptNames.canSay(new ProbePoint.Function("f", false, List.of(), Points.file(path), List.of())))
                .isTrue();
    }

    private static ProbePoint function(String symbol) {
        return Points.function(
                List.of(new FunctionSymbol("good", 1, 1, 1), new FunctionSymbol(symbol, 2, 2, 1)), false);
    }

    private static void refuses(ProbePoint point, String reason) {
        assertThat(PointReading.refusal(point))
                .hasValueSatisfying(r -> assertThat(r).startsWith(reason));
    }
}
