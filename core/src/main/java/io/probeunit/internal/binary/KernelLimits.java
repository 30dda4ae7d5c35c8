package io.probeunit.internal.binary;

import io.probeunit.internal.binary.Instruction.Flow;
import java.util.BitSet;
import java.util.Optional;

/**
 * Instructions at which the kernel places no uprobe ({@code ENOTSUPP}, 524). It looks at them when a process maps the file:
 * where none has it mapped it accepts the probe, which then never fires.
 *
 * <p>x86-64: {@code arch/x86/kernel/uprobes.c}, {@code is_prefix_bad}, {@code good_insns_64}, {@code branch_setup_xol_ops};
 * each opcode was tried on Linux 6.18, of VEX and EVEX with each map and prefix: the last byte of the opcode is looked up as
 * if it were a whole one, so that those of the old privileged and removed instructions are refused. arm64:
 * {@code arch/arm64/kernel/probes/decode-insn.c}, exclusive loads and stores.
 */
final class KernelLimits {

    private static final BitSet REFUSED = bits(
            0x06, 0x07, 0x0e, 0x16, 0x17, 0x1e, 0x1f, 0x27, 0x2f, 0x37, 0x3f, 0x60, 0x61, 0x62, 0x6c, 0x6d, 0x6e, 0x6f,
            0x82, 0x9a, 0xcc, 0xcd, 0xce, 0xcf, 0xd4, 0xd5, 0xd6, 0xe4, 0xe5, 0xe6, 0xe7, 0xea, 0xec, 0xed, 0xee, 0xef,
            0xf1, 0xf4, 0xfa, 0xfb);

    private static final int INT3 = 0xcc;
    private static final int LOAD_STACK_SEGMENT = 0x8e;
    private static final int ARM_EXCLUSIVE = 0b001000;

    private KernelLimits() {}

    /** Why the kernel refuses to probe an instruction, the end of a sentence; empty if it does not. */
    static Optional<String> refusal(Instruction instruction) {
        return switch (instruction.kind()) {
            case ARM ->
                when(
                        (instruction.opcode() >>> 24 & 0b111111) == ARM_EXCLUSIVE
                                && (instruction.opcode() >>> 23 & 1) == 0,
                        "is an exclusive load or store, which Linux does not step over");
            case VEX, EVEX ->
                ofPrefixes(instruction)
                        .or(() -> REFUSED.get(instruction.opcode())
                                ? Optional.of("is one of AVX that Linux does not step over (%s, opcode %02x)"
                                        .formatted(instruction.kind(), instruction.opcode()))
                                : Optional.empty());
            case XOP -> Optional.of("is one of AMD's XOP, which Linux does not step over");
            case ONE_BYTE -> ofPrefixes(instruction).or(() -> ofOpcode(instruction));
            case TWO_BYTES, THREE_BYTES -> ofPrefixes(instruction).or(() -> ofBranch(instruction));
        };
    }

    private static Optional<String> ofPrefixes(Instruction instruction) {
        return instruction.has(Instruction.LOCK)
                ? Optional.of("has a LOCK prefix, which Linux does not step over")
                : when(
                        instruction.has(Instruction.IDLE_SEGMENT),
                        "has a segment prefix (cs, ds, es, ss, notrack), which Linux does not step over");
    }

    private static Optional<String> ofOpcode(Instruction instruction) {
        if (instruction.opcode() == INT3) {
            return Optional.of("is a breakpoint (int3), which Linux does not step over");
        }
        boolean refused = REFUSED.get(instruction.opcode())
                || instruction.opcode() == LOAD_STACK_SEGMENT && (instruction.form() >> 3 & 7) == 2;
        return refused
                ? Optional.of("is one that Linux does not step over (opcode %02x)".formatted(instruction.opcode()))
                : ofBranch(instruction);
    }

    private static Optional<String> ofBranch(Instruction instruction) {
        return when(
                instruction.flow() != Flow.NEXT && instruction.has(Instruction.OPERAND_SIZE),
                "is a jump or call with an operand-size prefix, which Linux does not step over");
    }

    private static Optional<String> when(boolean refused, String reason) {
        return Optional.of(reason).filter(text -> refused);
    }

    private static BitSet bits(int... opcodes) {
        BitSet bits = new BitSet();
        for (int opcode : opcodes) {
            bits.set(opcode);
        }
        return bits;
    }
}
