package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionCodeTest {

    private static final long F = ElfBuilder.CODE + 0x100;
    private static final long OTHER = ElfBuilder.CODE + 0x200;

    /** What gcc 12 makes of a loop over a list, without -fcf-protection. */
    private static final String LOOP = "48 89 f8 48 8b 3f 48 85 ff 75 f5 c3";

    /** As Go 1.19 begins and ends a function; the call goes to OTHER. */
    private static final String GO = "49 3b 66 10 76 0a 48 83 ec 18 90 48 83 c4 18 c3 e8 eb 00 00 00 eb e9";

    private final ElfBuilder builder = new ElfBuilder();

    private static int place(long address) {
        return (int) (address - ElfBuilder.CODE + ElfBuilder.CODE_OFFSET);
    }

    private static void put(ByteBuffer file, long address, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        file.put(place(address), bytes);
    }

    private static ProbedFunction look(ByteBuffer file, String name) {
        BinaryFile binary = BinaryReader.read(FileContent.of(file), "/bin/shop");
        FunctionLookup.Found found = (FunctionLookup.Found) binary.functions(new NamePattern(name));
        return new FunctionCode(binary, FileContent.of(file)).look(found.sites().get(0));
    }

    private ProbedFunction look(String hex) {
        ByteBuffer file = builder.symbol(
                        "f", ElfBuilder.FUNCTION, F, hex.replace(" ", "").length() / 2)
                .build();
        put(file, F, hex);
        return look(file, "f");
    }

    private static List<String> countedOnce(String... names) {
        ElfBuilder elf = new ElfBuilder();
        for (int i = 0; i < names.length; i++) {
            elf.function(names[i], F + 16L * i);
        }
        ByteBuffer file = elf.build();
        // call and jump to the next one; a jump back
        put(file, F, "e8 0b 00 00 00 c3");
        put(file, F + 16, "e9 0b 00 00 00");
        put(file, F + 32, "c3");
        BinaryFile binary = BinaryReader.read(FileContent.of(file), "/bin/shop");
        return new FunctionCode(binary, FileContent.of(file))
                .countedOnce(binary.functions()).stream()
                        .map(FunctionSymbol::name)
                        .toList();
    }

    @Test
    void a_destructor_that_calls_another_kind_of_itself_is_left_out() {
        assertThat(countedOnce("_ZN4CartD0Ev", "_ZN4CartD1Ev", "_ZN4CartD2Ev")).containsExactly("_ZN4CartD2Ev");
        assertThat(countedOnce("_ZN4CartC1Ei", "_ZN4CartC2Ei")).containsExactly("_ZN4CartC2Ei");
    }

    @Test
    void what_calls_something_else_is_not() {
        assertThat(countedOnce("_ZN4CartD0Ev", "_ZN4BaseD2Ev")).hasSize(2);
        assertThat(countedOnce("_ZN4CartC1Ei", "_ZN4CartC1El")).hasSize(2);
        assertThat(countedOnce("reserve", "_ZN4CartD2Ev")).hasSize(2);
        assertThat(countedOnce("_ZN4CartD1Ev")).hasSize(1);
    }

    /** With the code of one that frees, and that of the other; calls lead to the place 0x100 and more before both. */
    private static List<String> mayCallItself(String deleting, String other) {
        ByteBuffer file = new ElfBuilder()
                .symbol("_ZN4CartD0Ev", ElfBuilder.FUNCTION, F, 32)
                .symbol("_ZN4CartD2Ev", ElfBuilder.FUNCTION, F + 32, 32)
                .build();
        put(file, F, deleting);
        put(file, F + 32, other);
        BinaryFile binary = BinaryReader.read(FileContent.of(file), "/lib/libshop.so");
        FunctionCode code = new FunctionCode(binary, FileContent.of(file));
        return binary.functions().stream()
                .flatMap(function -> code.mayCallThemselves(binary.functions()).apply(function).stream())
                .map(Doubt::text)
                .toList();
    }

    @Test
    void a_destructor_that_frees_may_call_the_other_one_through_a_table() {
        String callsTwo = "e8 f0 ff 0f 00 e9 00 ff 0f 00";
        String callsOne = "e9 00 ff 0f 00";

        assertThat(mayCallItself(callsTwo, "c3")).singleElement().asString().startsWith("_ZN4CartD0Ev frees");
        assertThat(mayCallItself(callsTwo, callsOne)).hasSize(1);
        assertThat(mayCallItself("ff 15 00 00 00 00 ff 25 00 00 00 00", "c3")).hasSize(1);
        assertThat(mayCallItself(callsTwo, "e8 00 10 10 00 e8 00 20 10 00 c3")).hasSize(1);
    }

    @Test
    void a_destructor_that_frees_and_has_a_copy_of_the_other_one_does_not_call_it() {
        assertThat(mayCallItself("e9 00 ff 0f 00", "c3")).isEmpty();
        assertThat(mayCallItself("c3", "e8 00 ff 0f 00 c3")).isEmpty();
        assertThat(mayCallItself("e8 20 ff 0f 00 e8 20 fe 0f 00 e9 20 f0 0f 00", "e8 00 ff 0f 00 e8 00 fe 0f 00 c3"))
                .isEmpty();
    }

    @Test
    void a_jump_to_the_own_first_instruction_may_repeat_a_call() {
        assertThat(look(LOOP).doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.effect()).isEqualTo(Doubt.Effect.CALLS_REPEATED);
            assertThat(doubt.text()).startsWith("f jumps to its own first instruction");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb fe", "90 e9 fa ff ff ff", "90 0f 85 f9 ff ff ff", "e2 fe c3", "67 e3 fd", "7f fe c3"})
    void so_does_any_form_of_one(String hex) {
        assertThat(look(hex).doubts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // to the second instruction
                "48 89 f8 48 8b 3f 48 85 ff 75 f8 c3",
                // a call of itself
                "55 e8 fa ff ff ff 5d c3",
                // the bytes of such a jump within another instruction
                "b8 00 00 eb fb c3"
            })
    void other_jumps_and_calls_do_not(String hex) {
        assertThat(look(hex).doubts()).isEmpty();
    }

    @Test
    void a_jump_from_another_function_is_a_call() {
        ByteBuffer file = builder.symbol("f", ElfBuilder.FUNCTION, F, 4)
                .symbol("g", ElfBuilder.FUNCTION, F + 4, 2)
                .build();
        put(file, F, "90 90 90 c3 eb fa");

        assertThat(look(file, "f").doubts()).isEmpty();
    }

    @Test
    void a_jump_from_the_cold_piece_is_one_of_the_function() {
        ByteBuffer file = builder.symbol("f", ElfBuilder.FUNCTION, F, 7)
                .symbol("f.cold", ElfBuilder.FUNCTION, OTHER, 5)
                .build();
        put(file, F, "0f 84 fa 00 00 00 c3");
        put(file, OTHER, "e9 fb fe ff ff");

        assertThat(look(file, "f").doubts()).hasSize(1);
    }

    @Test
    void one_without_a_size_ends_where_the_next_begins() {
        ByteBuffer file = builder.symbol("f", ElfBuilder.FUNCTION, F, 0)
                .symbol("g", ElfBuilder.FUNCTION, F + 12, 2)
                .build();
        put(file, F, LOOP + "eb f2");

        assertThat(look(file, "f").doubts()).hasSize(1);
        put(file, F, "90 90 90 90 90 90 90 90 90 90 90 c3");
        assertThat(look(file, "f").doubts()).isEmpty();
    }

    @Test
    void a_label_of_another_file_ends_it_too() {
        ByteBuffer file = builder.section(
                        ".text", ElfBuilder.SHT_PROGBITS, 4, ElfBuilder.CODE, (int) ElfBuilder.CODE_SIZE)
                .symbol("f", ElfBuilder.FUNCTION, F, 0)
                .symbol("label", ElfBuilder.LABEL, F + 2, 0, ElfBuilder.GLOBAL)
                .build();
        put(file, F, "90 c3 eb fc");

        assertThat(look(file, "f").doubts()).isEmpty();
    }

    private ProbedFunction go(String code, String callee) {
        ByteBuffer file = builder.symbol(
                        "f", ElfBuilder.FUNCTION, F, code.replace(" ", "").length() / 2)
                .function(callee, OTHER)
                .build();
        put(file, F, code);
        return look(file, "f");
    }

    @ParameterizedTest
    @CsvSource({
        // cmp 0x10(%r14),%rsp; jbe
        "49 3b 66 10 76 0a 48 83 ec 18 90 48 83 c4 18 c3 e8 eb 00 00 00 eb e9, 6",
        // lea -0x100(%rsp),%r12; cmp 0x10(%r14),%r12; jbe
        "4c 8d a4 24 00 ff ff ff 4d 3b 66 10 76 02 90 c3 e8 eb 00 00 00 eb e9, 14",
        // mov %rsp,%r12; sub; jb; cmp 0x10(%r14),%r12; jbe
        "49 89 e4 49 81 ec 98 3f 00 00 72 08 4d 3b 66 10 76 02 90 c3 48 89 44 24 08 e8 e2 00 00 00 eb e0, 18",
        // before Go 1.17: mov %fs:-8,%rcx; cmp 0x10(%rcx),%rsp; jbe
        "64 48 8b 0c 25 f8 ff ff ff 48 3b 61 10 76 02 90 c3 e8 ea 00 00 00 eb e8, 15"
    })
    void a_function_of_go_is_probed_behind_its_stack_check(String code, int behind) {
        ProbedFunction probed = go(code, "runtime.morestack_noctxt.abi0");

        assertThat(probed.doubts()).isEmpty();
        assertThat(probed.symbol().skipped()).isEqualTo(behind);
        assertThat(probed.symbol().probeOffset()).isEqualTo(place(F) + behind);
        assertThat(probed.symbol().fileOffset()).isEqualTo(place(F));
    }

    @Test
    void what_jumps_back_after_another_call_is_no_stack_check() {
        assertThat(go(GO, "retry").symbol().skipped()).isZero();
        assertThat(go(GO, "retry").doubts()).hasSize(1);
    }

    @Test
    void a_stack_check_whose_end_is_reached_again_is_in_doubt() {
        String loop = "49 3b 66 10 76 0a 48 83 ec 18 90 48 39 c8 75 f6 e8 eb 00 00 00 eb e9";

        assertThat(go(loop, "runtime.morestack").symbol().skipped()).isZero();
        assertThat(go(loop, "runtime.morestack").doubts()).hasSize(1);
    }

    @Test
    void a_second_jump_to_the_first_instruction_is_in_doubt() {
        String loop = "49 3b 66 10 76 0a 48 83 ec 18 90 48 39 c8 75 f0 e8 eb 00 00 00 eb e9";

        assertThat(go(loop, "runtime.morestack").doubts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "f0 ff 07, a LOCK prefix",
        "3e ff e0, a segment prefix",
        "2e 48 89 07, a segment prefix",
        "c5 f9 ef c0, AVX",
        "c5 f9 6f 07, AVX",
        "62 f1 7d 48 ef c0, AVX",
        "8f e9 78 10 c0, XOP",
        "6c, opcode 6c",
        "cc, int3",
        "66 e9 00 00 00 00, operand-size prefix"
    })
    void what_the_kernel_refuses_is_told(String code, String reason) {
        assertThat(look(code + " c3").refusal())
                .hasValueSatisfying(text -> assertThat(text).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f3 0f 1e fa",
                "55",
                "48 83 ec 08",
                "64 48 8b 04 25 28 00 00 00",
                "0f 1f 44 00 00",
                "c5 f8 77",
                "c5 f8 28 07",
                "66 90",
                "f3 c3",
                "e9 00 00 00 00",
                "0f 6f c1",
                "66 0f 38 00 c1",
                "48 c7 c0 01 00 00 00"
            })
    void what_it_takes_is_not(String code) {
        assertThat(look(code + " c3").refusal()).isEqualTo(Optional.empty());
    }

    @Test
    void what_is_no_instruction_is_left_to_the_kernel() {
        assertThat(look("06 06 06").refusal()).isEmpty();
    }

    @Test
    void on_arm_exclusive_loads_are_refused_and_loops_are_in_doubt() {
        builder.machine(183);

        // ldxr w1, [x0]; b .-4
        ProbedFunction probed = look("01 7c 5f 88 ff ff ff 17");

        assertThat(probed.refusal()).hasValueSatisfying(text -> assertThat(text).contains("exclusive"));
        assertThat(probed.doubts()).hasSize(1);
    }
}
