package io.probeunit.internal.binary;

import static io.probeunit.internal.binary.ElfBuilder.CODE;
import static io.probeunit.internal.binary.ElfBuilder.SHT_PROGBITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each code was made by GNU as from what stands beside it. */
class ValuesInCodeTest {

    private static final String GCC = "GCC: (Debian 12.2.0-14) 12.2.0\0";
    private static final String CLANG = GCC + "Debian clang version 14.0.6\0";
    private static final String RUST = GCC + "rustc version 1.95.0\0";

    private static List<Doubt> doubts(String comment, String name, String value, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        int[] code = new int[bytes.length];
        for (int i = 0; i < code.length; i++) {
            code[i] = bytes[i] & 0xff;
        }
        ByteBuffer content = new ElfBuilder()
                .symbol(name, 2, CODE, code.length)
                .code(code)
                .section(".comment", SHT_PROGBITS, 0, comment.getBytes(StandardCharsets.UTF_8))
                .build();
        BinaryFile file = BinaryReader.read(FileContent.of(content), "/usr/bin/shop");
        FunctionLookup.Found found = (FunctionLookup.Found) file.functions(new NamePattern(name));
        FunctionUse use = file.use(
                found.sites(),
                value.startsWith("return"),
                List.of(Capture.parse(value)),
                new FunctionCode(file, FileContent.of(content)));
        return ((FunctionUse.Possible) use).doubts();
    }

    private static List<Doubt> doubts(String value, String hex) {
        return doubts(GCC, "f", value, hex);
    }

    private static void because(List<Doubt> doubts, String reason) {
        assertThat(doubts).singleElement().satisfies(doubt -> {
            assertThat(doubt.effect()).isEqualTo(Doubt.Effect.VALUES_WRONG);
            assertThat(doubt.text()).contains(reason);
        });
    }

    @Nested
    class FloatingPointNumbers {

        @ParameterizedTest
        @CsvSource({
            // vaddsd %xmm0,%xmm1,%xmm1; vcvttsd2si %xmm1,%eax; ret
            "c5f358c8c5fb2cc1c3",
            // vfmadd213sd %xmm1,%xmm0,%xmm2; ret
            "c4e2f9a9d1c3",
            // mov %edi,%esi; mov $1,%eax; call printf; ret
            "89feb801000000e83b000000c3",
            // mov %edi,%esi; mov $1,%eax; jmp printf
            "89feb801000000eb39"
        })
        void that_a_caller_gave_are_seen(String hex) {
            because(doubts("arg2:s32", hex), "takes a floating-point number");
        }

        @ParameterizedTest
        @CsvSource({
            // vxorps %xmm0,%xmm0,%xmm0; vcvtsi2sd %edi,%xmm0,%xmm0; vmulsd %xmm0,%xmm0,%xmm0; ret
            "c5f857c0c5fb2ac7c5fb59c0c3",
            // mov $0,%eax; call printf; ret
            "b800000000e83b000000c3"
        })
        void of_the_function_itself_are_none(String hex) {
            assertThat(doubts("arg2:s32", hex)).isEmpty();
        }

        @Test
        void that_are_returned_are_no_return_value_of_integers() {
            // call printf; pxor %xmm0,%xmm0; cvtsi2sd %edi,%xmm0; ret
            String returning = "e83b000000660fefc0f20f2ac7c3";

            because(doubts("return:s64", returning), "ends with a floating-point number");
        }

        @ParameterizedTest
        @CsvSource({
            // xor %eax,%eax; pxor %xmm0,%xmm0; movups %xmm0,(%rdi); ret
            "31c0660fefc00f1107c3",
            // cvtsi2sd %edi,%xmm0; cvttsd2si %xmm0,%eax; ret
            "f20f2ac7f20f2cc0c3"
        })
        void that_are_used_on_the_way_are_not_returned(String hex) {
            assertThat(doubts("return:s32", hex)).isEmpty();
        }
    }

    @Nested
    class TheStackOfTheCaller {

        @ParameterizedTest
        @CsvSource({
            // sub $0x18,%rsp; mov %edi,%esi; call printf; fldt 0x20(%rsp); add $0x18,%rsp; ret
            "4883ec1889fee83b000000db6c24204883c418c3",
            // push %rbp; mov %rsp,%rbp; mov %edi,-4(%rbp); mov 16(%rbp),%rax; pop %rbp; ret
            "554889e5897dfc488b45105dc3"
        })
        void holds_structures_where_registers_are_left(String hex) {
            because(doubts("arg1:s32", hex), "a structure by value or a long double");
        }

        @ParameterizedTest
        @CsvSource({
            // mov %r9d,%eax; add 8(%rsp),%eax; ret
            "4489c803442408c3",
            // push %rbx; sub $0x18,%rsp; mov 8(%rsp),%eax; mov 0x18(%rsp),%ecx; ret
            "534883ec188b4424088b4c2418c3"
        })
        void holds_a_seventh_argument_as_well_and_not_what_is_the_functions(String hex) {
            assertThat(doubts("arg6:s32", hex)).isEmpty();
        }
    }

    @Nested
    class RegistersThatAreNotUsed {

        @ParameterizedTest
        @CsvSource({
            // lea (%rdi,%rdx),%eax; ret
            "8d0417c3",
            // xor %esi,%esi; lea (%rsi,%rdx),%eax; ret
            "31f68d0416c3"
        })
        void before_one_that_is_may_be_the_second_of_a_large_number(String hex) {
            because(doubts("arg2:s32", hex), "a number of 128 bits");
            assertThat(doubts("arg3:s32", hex)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            // test %edi,%edi; je 1f; mov %edi,%esi; mov %edx,%eax; ret; 1: mov %esi,%eax; ret
            "85ff740589fe89d0c389f0c3",
            // mov %edx,%eax; jmp another
            "89d0eb3e"
        })
        void on_one_way_alone_or_left_to_another_function_are_used(String hex) {
            assertThat(doubts(CLANG, "f", "arg2:s32", hex)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {CLANG, RUST})
        void are_left_out_by_llvm(String compiler) {
            // mov %edi,%esi; mov %edi,%eax; ret
            String ignoring = "89fe89f8c3";

            because(doubts(compiler, "f", "arg2:s32", ignoring), "Clang does not pass arguments");
            because(doubts(compiler, "_Z1fii", "arg2:s32", ignoring), "Clang does not pass arguments");
            assertThat(doubts(compiler, "f", "arg1:s32", ignoring)).isEmpty();
            assertThat(doubts(GCC, "f", "arg2:s32", ignoring)).isEmpty();
        }
    }

    @Nested
    class StructuresThatAreReturned {

        /** push %rbx; mov %rdi,%rbx; call x; mov %rax,(%rbx); movups %xmm1,8(%rbx); mov %rbx,%rax; pop %rbx; ret */
        private static final String FILLS = "534889fbe83b0000004889030f114b084889d85bc3";

        /** mov %rdi,%rax; mov %rsi,(%rdi); ret */
        private static final String RETURNS_ITS_POINTER = "4889f8488937c3";

        @ParameterizedTest
        @CsvSource({
            FILLS,
            // push %rbx; mov %rdi,%rbx; lea 16(%rdi),%rdi; mov %rdi,(%rbx); call x; mov %rbx,%rax; pop %rbx; ret
            "534889fb488d7f1048893be83b0000004889d85bc3",
            // push %rbp; mov %rsp,%rbp; mov %rdi,-0x18(%rbp); mov -0x18(%rbp),%rcx; movq $1,(%rcx); movq $2,0x10(%rcx);
            // mov -0x18(%rbp),%rax; pop %rbp; ret
            "554889e548897de8488b4de848c7010100000048c7411002000000488b45e85dc3"
        })
        void are_filled_behind_the_first_pointer(String hex) {
            because(doubts("arg1:s32", hex), "fills a structure at the address in its first argument");
            because(doubts("return:s64", hex), "returns the address in its first argument");
            assertThat(doubts("return:ptr", hex)).isEmpty();
        }

        @Test
        void are_not_whatever_returns_its_pointer() {
            assertThat(doubts("arg2:s32", RETURNS_ITS_POINTER)).isEmpty();
            assertThat(doubts("return:u64", RETURNS_ITS_POINTER)).isEmpty();
            // sub $8,%rsp; call x; add $8,%rsp; ret
            assertThat(doubts("return:s32", "4883ec08e83b0000004883c408c3")).isEmpty();
        }

        @Test
        void come_before_the_parameters_in_the_name_of_cxx() {
            because(doubts(GCC, "_Z1fi", "arg1:s32", RETURNS_ITS_POINTER), "returns its first argument");
            because(doubts(GCC, "_Z1fPKci", "arg2:s32", FILLS), "returns its first argument");
            assertThat(doubts(GCC, "_Z1fPii", "arg2:s32", RETURNS_ITS_POINTER)).isEmpty();
        }
    }
}
