package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PtRegsTest {

    /** The members of the kernel's {@code struct pt_regs}, 8 bytes each, in their order. */
    private static final List<String> X86_MEMBERS = List.of(
            "r15",
            "r14",
            "r13",
            "r12",
            "rbp",
            "rbx",
            "r11",
            "r10",
            "r9",
            "r8",
            "rax",
            "rcx",
            "rdx",
            "rsi",
            "rdi",
            "orig_rax",
            "rip",
            "cs",
            "eflags",
            "rsp",
            "ss");

    private final PtRegs x86 = new X86PtRegs();
    private final PtRegs arm = new Arm64PtRegs();

    /** System V ABI, AMD64 supplement, figure 3.36. */
    @ParameterizedTest
    @CsvSource({
        "0,rax", "1,rdx", "2,rcx", "3,rbx", "4,rsi", "5,rdi", "6,rbp", "7,rsp", "8,r8", "9,r9", "10,r10", "11,r11",
        "12,r12", "13,r13", "14,r14", "15,r15", "16,rip"
    })
    void x86_registers_are_found_by_their_dwarf_numbers(int number, String name) {
        assertThat(x86.offset(number)).isEqualTo(offset(name));
    }

    @ParameterizedTest
    @CsvSource({"1,rdi", "2,rsi", "3,rdx", "4,rcx", "5,r8", "6,r9"})
    void x86_arguments_are_in_the_registers_of_the_calling_convention(int number, String name) {
        assertThat(x86.argument(number)).isEqualTo(offset(name));
    }

    @Test
    void x86_has_six_arguments_in_registers_and_a_result() {
        assertThat(x86.arguments()).isEqualTo(6);
        assertThat(x86.returnValue()).isEqualTo(offset("rax"));
    }

    @Test
    void arm_registers_lie_in_the_order_of_their_numbers_with_the_stack_pointer_behind_them() {
        assertThat(IntStream.rangeClosed(0, 31).map(arm::offset))
                .containsExactlyElementsOf(
                        () -> IntStream.rangeClosed(0, 31).map(i -> i * 8).iterator());
    }

    @Test
    void arm_passes_eight_arguments_and_the_result_from_x0_on() {
        assertThat(arm.arguments()).isEqualTo(8);
        assertThat(arm.argument(1)).isZero();
        assertThat(arm.argument(8)).isEqualTo(56);
        assertThat(arm.returnValue()).isZero();
    }

    private static int offset(String member) {
        return X86_MEMBERS.indexOf(member) * Long.BYTES;
    }
}
