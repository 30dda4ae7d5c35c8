package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.engine.uprobe.Assembler.Operation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AssemblerTest {

    /** Opcode, registers (source, destination), offset, immediate; as LLVM's assembler encodes the text. */
    static Stream<Arguments> instructions() {
        return Stream.of(
                encoded("bf 21 0000 00000000", "r1 = r2", a -> a.move(Reg.R1, Reg.R2)),
                encoded("b7 0a 0000 ffffffff", "r10 = -1", a -> a.move(Reg.R10, -1)),
                encoded("0f 98 0000 00000000", "r8 += r9", a -> a.arithmetic(Operation.ADD, Reg.R8, Reg.R9)),
                encoded("07 01 0000 28000000", "r1 += 40", a -> a.arithmetic(Operation.ADD, Reg.R1, 40)),
                encoded("27 00 0000 40000000", "r0 *= 64", a -> a.arithmetic(Operation.MULTIPLY, Reg.R0, 64)),
                encoded("2f 10 0000 00000000", "r0 *= r1", a -> a.arithmetic(Operation.MULTIPLY, Reg.R0, Reg.R1)),
                encoded("47 03 0000 ff0f0000", "r3 |= 4095", a -> a.arithmetic(Operation.OR, Reg.R3, 4095)),
                encoded("57 01 0000 ffff0000", "r1 &= 65535", a -> a.arithmetic(Operation.AND, Reg.R1, 65535)),
                encoded("67 01 0000 20000000", "r1 <<= 32", a -> a.arithmetic(Operation.SHIFT_LEFT, Reg.R1, 32)),
                encoded("77 08 0000 20000000", "r8 >>= 32", a -> a.arithmetic(Operation.SHIFT_RIGHT, Reg.R8, 32)),
                encoded(
                        "c7 08 0000 20000000",
                        "r8 s>>= 32",
                        a -> a.arithmetic(Operation.SHIFT_RIGHT_SIGNED, Reg.R8, 32)),
                encoded(
                        "18 01 0000 efcdab89 00 00 0000 67452301",
                        "r1 = 0x123456789abcdef",
                        a -> a.constant(Reg.R1, 0x0123456789abcdefL)),
                encoded(
                        "18 03 0000 ffffffff 00 00 0000 ffffffff",
                        "r3 = 0xffffffffffffffff",
                        a -> a.constant(Reg.R3, -1)),
                encoded("18 11 0000 07000000 00 00 0000 00000000", "r1 = map fd 7", a -> a.map(Reg.R1, 7)),
                encoded(
                        "18 29 0000 07000000 00 00 0000 10000000",
                        "r9 = value of map fd 7 + 16",
                        a -> a.mapValue(Reg.R9, 7, 16)),
                encoded("71 21 ffff 00000000", "r1 = BYTE[r2-1]", a -> a.load(Width.BYTE, Reg.R1, Reg.R2, -1)),
                encoded("69 21 0200 00000000", "r1 = HALF[r2+2]", a -> a.load(Width.HALF, Reg.R1, Reg.R2, 2)),
                encoded("61 21 0400 00000000", "r1 = WORD[r2+4]", a -> a.load(Width.WORD, Reg.R1, Reg.R2, 4)),
                encoded("79 61 7000 00000000", "r1 = DOUBLE[r6+112]", a -> a.load(Width.DOUBLE, Reg.R1, Reg.R6, 112)),
                encoded("73 18 0100 00000000", "BYTE[r8+1] = r1", a -> a.store(Width.BYTE, Reg.R8, 1, Reg.R1)),
                encoded("6b 18 0200 00000000", "HALF[r8+2] = r1", a -> a.store(Width.HALF, Reg.R8, 2, Reg.R1)),
                encoded("63 18 0400 00000000", "WORD[r8+4] = r1", a -> a.store(Width.WORD, Reg.R8, 4, Reg.R1)),
                encoded("7b 3a f8ff 00000000", "DOUBLE[r10-8] = r3", a -> a.store(Width.DOUBLE, Reg.R10, -8, Reg.R3)),
                encoded("72 08 0100 05000000", "BYTE[r8+1] = 5", a -> a.store(Width.BYTE, Reg.R8, 1, 5)),
                encoded("7a 08 2800 feffffff", "DOUBLE[r8+40] = -2", a -> a.store(Width.DOUBLE, Reg.R8, 40, -2)),
                encoded("db 19 1800 00000000", "lock DOUBLE[r9+24] += r1", a -> a.atomicAdd(Reg.R9, 24, Reg.R1)),
                encoded("1d 10 0000 00000000", "if r0 == r1 goto", a -> a.jump(Jump.EQUAL, Reg.R0, Reg.R1, "next")),
                encoded("15 00 0000 00000000", "if r0 == 0 goto", a -> a.jump(Jump.EQUAL, Reg.R0, 0, "next")),
                encoded("2d 10 0000 00000000", "if r0 > r1 goto", a -> a.jump(Jump.GREATER, Reg.R0, Reg.R1, "next")),
                encoded("35 08 0000 03000000", "if r8 >= 3 goto", a -> a.jump(Jump.AT_LEAST, Reg.R8, 3, "next")),
                encoded("5d 10 0000 00000000", "if r0 != r1 goto", a -> a.jump(Jump.NOT_EQUAL, Reg.R0, Reg.R1, "next")),
                encoded("c5 00 0000 00000000", "if r0 s< 0 goto", a -> a.jump(Jump.SIGNED_LESS, Reg.R0, 0, "next")),
                encoded("05 00 0000 00000000", "goto", a -> a.jump("next")),
                encoded("85 00 0000 83000000", "call RINGBUF_RESERVE", a -> a.call(BpfFunction.RINGBUF_RESERVE)),
                encoded("95 00 0000 00000000", "exit", Assembler::exit));
    }

    private static Arguments encoded(String hex, String text, Consumer<Assembler> instruction) {
        return arguments(hex.replace(" ", ""), text, instruction);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("instructions")
    void an_instruction_is_encoded_as_the_kernel_reads_it(String hex, String text, Consumer<Assembler> instruction) {
        Assembler assembler = new Assembler();
        instruction.accept(assembler);
        List<Instruction> program = assembler.label("next").assemble();

        assertThat(hex(program)).isEqualTo(hex);
        assertThat(program.get(0).text()).isEqualTo(text);
    }

    @Test
    void a_jump_counts_from_the_instruction_behind_it_and_a_wide_one_twice() {
        List<Instruction> program = new Assembler()
                .label("begin")
                .jump("end")
                .constant(Reg.R1, 1)
                .jump(Jump.EQUAL, Reg.R1, 1, "begin")
                .label("end")
                .exit()
                .assemble();

        assertThat(program.get(0).offset()).isEqualTo(3);
        assertThat(program.get(3).offset()).isEqualTo(-4);
    }

    @Test
    void a_label_that_is_not_set_or_set_twice_is_refused() {
        Assembler twice = new Assembler().label("a");

        assertThatThrownBy(() -> twice.label("a")).hasMessage("the label 'a' is set twice");
        assertThatThrownBy(() -> new Assembler().jump("b").assemble()).hasMessage("the label 'b' is not set");
    }

    @Test
    void a_jump_without_condition_reaches_any_place() {
        assertThat(hex(across(32767, a -> a.jump("far")).subList(0, 1))).isEqualTo("0500ff7f00000000");
        assertThat(hex(across(32768, a -> a.jump("far")).subList(0, 1))).isEqualTo("0600000000800000");
    }

    @Test
    void a_jump_with_a_condition_is_refused_where_16_bits_do_not_hold_its_way() {
        Consumer<Assembler> jump = a -> a.jump(Jump.EQUAL, Reg.R0, 0, "far");

        assertThat(across(32767, jump).get(0).offset()).isEqualTo(32767);
        assertThatThrownBy(() -> across(32768, jump))
                .hasMessage("the jump to 'far' is 32768 instructions long; 16 bits hold less");
    }

    @Test
    void an_offset_that_16_bits_do_not_hold_is_refused_and_not_cut() {
        assertThatThrownBy(() -> new Assembler().load(Width.DOUBLE, Reg.R1, Reg.R2, 32768))
                .hasMessage("r1 = DOUBLE[r2+32768]: 16 bits do not hold the offset");
    }

    @Test
    void the_listing_is_numbered_as_the_verifier_numbers_it() {
        Assembler program = new Assembler()
                .constant(Reg.R1, 255)
                .jump(Jump.NOT_EQUAL, Reg.R0, Reg.R1, "out")
                .label("both")
                .label("out")
                .exit();

        assertThat(program.listing()).isEqualTo("""
                            0: r1 = 0xff
                            1:   (second half)
                            2: if r0 != r1 goto out
                        both:
                        out:
                            3: exit
                        """);
    }

    private static List<Instruction> across(int distance, Consumer<Assembler> jump) {
        Assembler assembler = new Assembler();
        jump.accept(assembler);
        IntStream.range(0, distance).forEach(i -> assembler.move(Reg.R0, 0));
        return assembler.label("far").exit().assemble();
    }

    private static String hex(List<Instruction> program) {
        ByteBuffer bytes =
                ByteBuffer.allocate(program.size() * Instruction.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        program.forEach(i -> i.write(bytes));
        return HexFormat.of().formatHex(bytes.array());
    }
}
