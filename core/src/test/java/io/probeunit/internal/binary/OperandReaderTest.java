package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.OperandLocation.Constant;
import io.probeunit.internal.binary.OperandLocation.Memory;
import io.probeunit.internal.binary.OperandLocation.Register;
import io.probeunit.internal.binary.OperandLocation.Unsupported;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperandReaderTest {

    private static final long SITE = 0x1000;
    private static final Map<String, Set<Long>> SYMBOLS =
            Map.of("counter", Set.of(0x3000L), "state.0", Set.of(0x3010L), "twice", Set.of(0x3020L, 0x3030L));

    private static final OperandReader FIXED = x86(false);
    private static final OperandReader ANYWHERE = x86(true);
    private static final OperandReader ARM = new OperandReader(new Arm64Operands());

    private static OperandReader x86(boolean positionIndependent) {
        return new OperandReader(
                new X86Operands(positionIndependent, true, name -> SYMBOLS.getOrDefault(name, Set.of())));
    }

    private static Operand one(OperandReader reader, String text) {
        assertThat(reader.read(text, SITE)).hasSize(1);
        return reader.read(text, SITE).get(0);
    }

    private static Memory memory(int base, long displacement) {
        return new Memory(OptionalInt.of(base), OptionalInt.empty(), 1, displacement, Optional.empty());
    }

    private static Memory at(String symbol, int base, long displacement) {
        return new Memory(OptionalInt.of(base), OptionalInt.empty(), 1, displacement, Optional.of(symbol));
    }

    @Nested
    class Operands {

        @ParameterizedTest
        @ValueSource(strings = {"", "  "})
        void may_be_none(String text) {
            assertThat(ANYWHERE.read(text, SITE)).isEmpty();
        }

        @Test
        void are_told_apart_by_their_widths() {
            assertThat(ANYWHERE.read("-4@-16(%rbp)  8@%rdi 1@$-1", SITE))
                    .extracting(Operand::text)
                    .containsExactly("-4@-16(%rbp)", "8@%rdi", "1@$-1");
            assertThat(ARM.read("-4@[sp, 12] 8@x1 4@[x0, x1, lsl 2]", SITE))
                    .extracting(Operand::text)
                    .containsExactly("-4@[sp, 12]", "8@x1", "4@[x0, x1, lsl 2]");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "8@%rax %rdx 8@%rcx | 8@%rax;%rdx;8@%rcx",
                    "%rax 8@%rdx | %rax;8@%rdx",
                    "8@%rax $5 -4@$-1 -8(%rsp) 12(,%rdi,4) | 8@%rax;$5;-4@$-1;-8(%rsp);12(,%rdi,4)",
                    "4@counter + 4(%rip) 8@%rax | 4@counter + 4(%rip);8@%rax",
                    "-4@DWORD PTR -4[rbp] 8@QWORD PTR [rax] 8@rbx | -4@DWORD PTR -4[rbp];8@QWORD PTR [rax];8@rbx"
                })
        void with_and_without_a_width_may_be_mixed(String text, String operands) {
            assertThat(ANYWHERE.read(text, SITE)).extracting(Operand::text).containsExactly(operands.split(";"));
        }

        @Test
        void may_be_mixed_on_arm64_too() {
            assertThat(ARM.read("8@x0 x1 4@[sp, 12] [x2] 8@x3", SITE))
                    .extracting(Operand::text)
                    .containsExactly("8@x0", "x1", "4@[sp, 12]", "[x2]", "8@x3");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "8@rax",
                    "-4@eax",
                    "4@DWORD PTR [rbp-4]",
                    "4@DWORD PTR counter[rip]",
                    "8@[rax]",
                    "-4@5",
                    "4@-4[rsp]"
                })
        void in_intel_syntax_are_named_as_such(String text) {
            assertThat(one(ANYWHERE, text).location())
                    .isInstanceOfSatisfying(
                            Unsupported.class, why -> assertThat(why.reason()).contains("Intel syntax"));
        }

        @Test
        void keep_their_number_beside_one_that_is_not_understood() {
            List<Operand> operands = ANYWHERE.read("4@%eax -4@DWORD PTR -4[rbp] 8@%rbx", SITE);

            assertThat(operands).hasSize(3);
            assertThat(operands.get(1).location()).isInstanceOf(Unsupported.class);
            assertThat(operands.get(2).location()).isEqualTo(new Register(3, 0));
        }

        @Test
        void that_no_compiler_writes_are_not_read() {
            String most = "8@%rax " + "x".repeat(4089);
            assertThat(ANYWHERE.read(most, SITE)).isNotEqualTo(ANYWHERE.read(most + "x", SITE));
            assertThat(one(ANYWHERE, most + "x").location())
                    .isEqualTo(new Unsupported("the operands are longer than any compiler's"));
        }

        @ParameterizedTest
        @CsvSource({
            "8@%rax, 8, false", "-8@%rax, 8, true", "4@%eax, 4, false", "-4@%eax, 4, true",
            "2@%ax, 2, false", "-2@%ax, 2, true", "1@%al, 1, false", "-1@%al, 1, true",
            "-4@-4(%rbp), 4, true", "1@%edi, 1, false"
        })
        void have_the_width_and_sign_of_their_note(String text, int size, boolean signed) {
            Operand operand = one(ANYWHERE, text);

            assertThat(operand.size()).isEqualTo(size);
            assertThat(operand.signed()).isEqualTo(signed);
        }

        @ParameterizedTest
        @CsvSource({"8@%eax, 4", "-8@%eax, 4", "4@%ax, 2", "-2@%ah, 1"})
        void are_no_wider_than_their_register_and_then_unsigned(String text, int size) {
            Operand operand = one(ANYWHERE, text);

            assertThat(operand.size()).isEqualTo(size);
            assertThat(operand.signed()).isFalse();
        }

        @Test
        void of_old_notes_have_no_width_but_that_of_the_register() {
            List<Operand> operands = ANYWHERE.read("%rdi %esi $-4 8(%rsp)", SITE);

            assertThat(operands).extracting(Operand::size).containsExactly(8, 4, 8, 8);
            assertThat(operands)
                    .extracting(Operand::location)
                    .containsExactly(new Register(5, 0), new Register(4, 0), new Constant(-4), memory(7, 8));
        }

        @ParameterizedTest
        @ValueSource(strings = {"8f@%rax", "4f@-4(%rbp)", "16@%xmm0", "3@%eax", "0@%eax", "999@%eax"})
        void of_other_kinds_are_unsupported(String text) {
            assertThat(one(ANYWHERE, text).location()).isInstanceOf(Unsupported.class);
        }
    }

    @Nested
    class X86 {

        @ParameterizedTest
        @CsvSource({
            "%rax, 0", "%rdx, 1", "%rcx, 2", "%rbx, 3", "%rsi, 4", "%rdi, 5", "%rbp, 6", "%rsp, 7",
            "%r8, 8", "%r15, 15", "%edi, 5", "%di, 5", "%dil, 5", "%bpl, 6", "%spl, 7", "%sil, 4",
            "%al, 0", "%bl, 3", "%cl, 2", "%dl, 1", "%r8d, 8", "%r9w, 9", "%r10b, 10", "%esp, 7"
        })
        void registers_have_their_dwarf_numbers(String name, int number) {
            assertThat(one(ANYWHERE, "1@" + name).location()).isEqualTo(new Register(number, 0));
        }

        @ParameterizedTest
        @CsvSource({"%ah, 0", "%bh, 3", "%ch, 2", "%dh, 1"})
        void high_bytes_have_an_offset(String name, int number) {
            assertThat(one(ANYWHERE, "1@" + name).location()).isEqualTo(new Register(number, 8));
        }

        @ParameterizedTest
        @CsvSource({
            "-4@$-4, -4",
            "1@$-56, 200",
            "-1@$200, -56",
            "4@$4294967295, 4294967295",
            "-4@$4294967295, -1",
            "8@$0x10, 16",
            "-8@$4886718345, 4886718345",
            "8@$18446744073709551615, -1",
            "2@$-1, 65535",
            "-8@$-9223372036854775808, -9223372036854775808",
            "8@$010, 8",
            "4@$0, 0"
        })
        void constants_have_width_and_sign(String text, long value) {
            assertThat(one(ANYWHERE, text).location()).isEqualTo(new Constant(value));
        }

        @Test
        void memory_is_base_index_scale_and_displacement() {
            assertThat(one(ANYWHERE, "8@(%rax)").location()).isEqualTo(memory(0, 0));
            assertThat(one(ANYWHERE, "8@-16(%rbp)").location()).isEqualTo(memory(6, -16));
            assertThat(one(ANYWHERE, "8@0x10(%rsp)").location()).isEqualTo(memory(7, 16));
            assertThat(one(ANYWHERE, "8@8+4(%rsp)").location()).isEqualTo(memory(7, 12));
            assertThat(one(ANYWHERE, "8@8(%rax,%rbx,4)").location())
                    .isEqualTo(new Memory(OptionalInt.of(0), OptionalInt.of(3), 4, 8, Optional.empty()));
            assertThat(one(ANYWHERE, "4@(%rdi,%rsi)").location())
                    .isEqualTo(new Memory(OptionalInt.of(5), OptionalInt.of(4), 1, 0, Optional.empty()));
            assertThat(one(ANYWHERE, "8@(%rax,,4)").location()).isEqualTo(memory(0, 0));
            assertThat(one(ANYWHERE, "4@(,%rbx,8)").location())
                    .isEqualTo(new Memory(OptionalInt.empty(), OptionalInt.of(3), 8, 0, Optional.empty()));
        }

        @ParameterizedTest
        @CsvSource({
            "counter(%rip), counter, 0x2000",
            "counter+4(%rip), counter, 0x2004",
            "4+counter(%rip), counter, 0x2004",
            "counter-8+2(%rip), counter, 0x1ffa",
            "state.0(%rip), state.0, 0x2010"
        })
        void variables_count_from_the_site(String text, String symbol, String displacement) {
            for (OperandReader reader : List.of(FIXED, ANYWHERE)) {
                assertThat(one(reader, "4@" + text).location()).isEqualTo(at(symbol, 16, Long.decode(displacement)));
            }
        }

        @Test
        void addresses_are_fixed_only_in_a_program_that_is() {
            assertThat(one(FIXED, "8@$counter").location()).isEqualTo(new Constant(0x3000));
            assertThat(one(FIXED, "4@counter+4").location())
                    .isEqualTo(new Memory(OptionalInt.empty(), OptionalInt.empty(), 1, 0x3004, Optional.of("counter")));
            assertThat(one(FIXED, "4@counter(,%rax,4)").location())
                    .isEqualTo(new Memory(OptionalInt.empty(), OptionalInt.of(0), 4, 0x3000, Optional.of("counter")));
            for (String text : List.of("8@$counter", "4@counter+4", "4@counter(,%rax,4)")) {
                assertThat(one(ANYWHERE, text).location())
                        .isEqualTo(new Unsupported("the address of counter differs from run to run"));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "elsewhere(%rip), no symbol table of the file has the variable elsewhere",
            "twice(%rip), the file has 2 variables named twice",
            "environ@GOTPCREL(%rip), it is reached through a table of the dynamic linker (environ@GOTPCREL)",
            "16(%rip), it counts from an instruction that the note does not name",
            "'%fs:tls@tpoff', 'it is in a separate segment (%fs:tls@tpoff), such as thread-local storage'",
            "%fs:0, 'it is in a separate segment (%fs:0), such as thread-local storage'",
            "environ@GOTPCREL, it is reached through a table of the dynamic linker (environ@GOTPCREL)",
            "counter), '''counter)'' is not understood'",
            "counter(12, '''counter(12'' is not understood'",
            "counter%rip, '''counter%rip'' is not understood'",
            "%rip, '''%rip'' is not understood'",
            "(%eax), '''(%eax)'' is not understood'",
            "%xmm0, %xmm0 is not a general register",
            "%st(1), %st(1) is not a general register"
        })
        void what_cannot_be_read_says_why(String text, String reason) {
            assertThat(one(ANYWHERE, "8@" + text).location()).isEqualTo(new Unsupported(reason));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "8@",
                    "8@%",
                    "8@$",
                    "8@()",
                    "8@(%rax",
                    "8@(%eax)",
                    "8@(%rax,%rbx,3)",
                    "8@(%rax,%rip,1)",
                    "8@%rip",
                    "8@(%rip,%rax,1)",
                    "8@(,,4)",
                    "8@12",
                    "8@$1+",
                    "8@$0x",
                    "8@$99999999999999999999",
                    "8@$09",
                    "8@counter+counter(%rip)",
                    "8@-counter(%rip)",
                    "8@4counter(%rip)",
                    "@",
                    "8@@"
                })
        void nonsense_is_unsupported(String text) {
            assertThat(one(FIXED, text).location()).isInstanceOf(Unsupported.class);
        }
    }

    @Nested
    class Arm64 {

        @ParameterizedTest
        @CsvSource({"x0, 0", "x30, 30", "w7, 7", "sp, 31", "x10, 10"})
        void registers_have_their_dwarf_numbers(String name, int number) {
            assertThat(one(ARM, "-4@" + name).location()).isEqualTo(new Register(number, 0));
        }

        @ParameterizedTest
        @CsvSource({"4@5, 5", "-4@-5, -5", "4@#7, 7", "8@xzr, 0", "4@wzr, 0", "1@-1, 255"})
        void constants_are_numbers(String text, long value) {
            assertThat(one(ARM, text).location()).isEqualTo(new Constant(value));
        }

        @Test
        void memory_is_base_and_displacement_or_index() {
            assertThat(one(ARM, "4@[sp, 12]").location()).isEqualTo(memory(31, 12));
            assertThat(one(ARM, "8@[x1]").location()).isEqualTo(memory(1, 0));
            assertThat(one(ARM, "8@[x29, #-16]").location()).isEqualTo(memory(29, -16));
            assertThat(one(ARM, "8@[x0,x1]").location())
                    .isEqualTo(new Memory(OptionalInt.of(0), OptionalInt.of(1), 1, 0, Optional.empty()));
            assertThat(one(ARM, "8@[x0, x1, lsl 3]").location())
                    .isEqualTo(new Memory(OptionalInt.of(0), OptionalInt.of(1), 8, 0, Optional.empty()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "8@d0",
                    "8@x31",
                    "8@x99",
                    "8@[x0",
                    "8@[w0]",
                    "8@[x0, w1, sxtw 2]",
                    "8@[x0, :lo12:counter]",
                    "8@[x0, 8, lsl 3]",
                    "8@[x0, sp]",
                    "8@%rax",
                    "8@[x0], 8",
                    "8@"
                })
        void all_else_is_unsupported(String text) {
            assertThat(one(ARM, text).location()).isInstanceOf(Unsupported.class);
        }
    }
}
