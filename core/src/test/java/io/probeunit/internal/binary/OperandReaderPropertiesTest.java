package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.OperandLocation.Constant;
import io.probeunit.internal.binary.OperandLocation.Memory;
import io.probeunit.internal.binary.OperandLocation.Register;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class OperandReaderPropertiesTest {

    private static final long SITE = 0x401000;
    private static final OperandReader X86 = new OperandReader(new X86Operands(true, true, name -> Set.of()));
    private static final OperandReader ARM = new OperandReader(new Arm64Operands());

    /** A row for each register by its DWARF number; the names for 8, 4, 2 and 1 bytes. */
    private static final String[][] NAMES = {
        {"rax", "eax", "ax", "al"},
        {"rdx", "edx", "dx", "dl"},
        {"rcx", "ecx", "cx", "cl"},
        {"rbx", "ebx", "bx", "bl"},
        {"rsi", "esi", "si", "sil"},
        {"rdi", "edi", "di", "dil"},
        {"rbp", "ebp", "bp", "bpl"},
        {"rsp", "esp", "sp", "spl"},
        {"r8", "r8d", "r8w", "r8b"},
        {"r9", "r9d", "r9w", "r9b"},
        {"r10", "r10d", "r10w", "r10b"},
        {"r11", "r11d", "r11w", "r11b"},
        {"r12", "r12d", "r12w", "r12b"},
        {"r13", "r13d", "r13w", "r13b"},
        {"r14", "r14d", "r14w", "r14b"},
        {"r15", "r15d", "r15w", "r15b"}
    };

    // more edge cases of parts than tries, here as below
    @Property(edgeCases = EdgeCasesMode.NONE)
    void x86_text_made_from_operands_reads_as_those(@ForAll("x86") @Size(max = 12) List<Operand> operands) {
        String text = operands.stream().map(Operand::text).collect(Collectors.joining(" "));

        assertThat(X86.read(text, SITE)).isEqualTo(operands);
    }

    @Property
    void arm_text_made_from_operands_reads_as_those(@ForAll("arm") @Size(max = 12) List<Operand> operands) {
        String text = operands.stream().map(Operand::text).collect(Collectors.joining(" "));

        assertThat(ARM.read(text, SITE)).isEqualTo(operands);
    }

    @Property
    void no_text_makes_it_throw(@ForAll String text) {
        assertThat(X86.read(text, SITE)).isNotNull();
        assertThat(ARM.read(text, SITE)).isNotNull();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void no_text_that_looks_like_operands_makes_it_throw(@ForAll("nearly") String text) {
        for (Operand operand : X86.read(text, SITE)) {
            assertThat(operand.size()).isIn(1, 2, 4, 8);
        }
        assertThat(ARM.read(text, SITE)).isNotNull();
    }

    @Provide
    Arbitrary<String> nearly() {
        return Arbitraries.of(
                        "8",
                        "-4",
                        "@",
                        "%",
                        "rax",
                        "ah",
                        "$",
                        "(",
                        ")",
                        ",",
                        " ",
                        "+",
                        "-",
                        "0x",
                        "sym",
                        "rip",
                        "f@",
                        "[",
                        "]",
                        "x0",
                        "sp",
                        "lsl",
                        "#",
                        "99999999999999999999",
                        ":")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<Operand>> x86() {
        return Arbitraries.oneOf(register(), constant("$"), memory()).list();
    }

    @Provide
    Arbitrary<List<Operand>> arm() {
        Arbitrary<Operand> register = Combinators.combine(
                        sizes(), signs(), Arbitraries.integers().between(0, 30))
                .as((size, signed, number) -> operand(size, signed, new Register(number, 0), "x" + number));
        Arbitrary<Operand> memory = Combinators.combine(
                        sizes(), signs(), Arbitraries.integers().between(0, 30), numbers())
                .as((size, signed, base, displacement) -> operand(
                        size,
                        signed,
                        new Memory(OptionalInt.of(base), OptionalInt.empty(), 1, displacement, Optional.empty()),
                        "[x%d, %d]".formatted(base, displacement)));
        return Arbitraries.oneOf(register, memory, constant("")).list();
    }

    private static Arbitrary<Operand> register() {
        return Combinators.combine(sizes(), signs(), Arbitraries.integers().between(0, 15))
                .as((size, signed, number) ->
                        operand(size, signed, new Register(number, 0), "%" + NAMES[number][column(size)]));
    }

    private static Arbitrary<Operand> constant(String prefix) {
        return Combinators.combine(sizes(), signs(), numbers()).as((size, signed, bits) -> {
            long value = switch (size) {
                case 1 -> signed ? bits.byteValue() : bits & 0xff;
                case 2 -> signed ? bits.shortValue() : bits & 0xffff;
                case 4 -> signed ? bits.intValue() : bits & 0xffff_ffffL;
                default -> bits;
            };
            return operand(size, signed, new Constant(value), prefix + bits);
        });
    }

    private static Arbitrary<Operand> memory() {
        Arbitrary<Optional<Integer>> registers =
                Arbitraries.integers().between(0, 15).optional();
        return Combinators.combine(sizes(), signs(), registers, registers, Arbitraries.of(1, 2, 4, 8), numbers())
                .filter((size, signed, base, index, scale, displacement) -> base.isPresent() || index.isPresent())
                .as((size, signed, base, index, scale, displacement) -> {
                    String text = (displacement == 0 ? "" : displacement)
                            + "("
                            + base.map(number -> "%" + NAMES[number][0]).orElse("")
                            + index.map(number -> ",%" + NAMES[number][0] + "," + scale)
                                    .orElse("")
                            + ")";
                    Memory memory = new Memory(
                            optional(base),
                            optional(index),
                            index.isPresent() ? scale : 1,
                            displacement,
                            Optional.empty());
                    return operand(size, signed, memory, text);
                });
    }

    private static Operand operand(int size, boolean signed, OperandLocation location, String text) {
        return new Operand(size, signed, location, (signed ? "-" : "") + size + "@" + text);
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 0xffff_ffffL, (long) Integer.MIN_VALUE));
    }

    private static Arbitrary<Integer> sizes() {
        return Arbitraries.of(1, 2, 4, 8);
    }

    private static Arbitrary<Boolean> signs() {
        return Arbitraries.of(true, false);
    }

    private static int column(int size) {
        return switch (size) {
            case 8 -> 0;
            case 4 -> 1;
            case 2 -> 2;
            default -> 3;
        };
    }
}
