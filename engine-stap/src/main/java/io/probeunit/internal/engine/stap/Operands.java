package io.probeunit.internal.engine.stap;

import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import java.util.Optional;

/** How the operand of a mark is read. */
final class Operands {

    private Operands() {}

    /** Why an operand cannot be read; empty if it can. */
    static Optional<String> refusal(Operand operand) {
        if (operand.location() instanceof OperandLocation.Unsupported unsupported) {
            return Optional.of(unsupported.reason());
        }
        // SystemTap 4.8 puts literals of more than 32 bits into BPF code wrongly, without a word.
        if (operand.location() instanceof OperandLocation.Memory memory && !isPlainNumber(memory.displacement())) {
            return Optional.of("its address is more than 2 GiB away from its base register (PU1074)");
        }
        return Optional.empty();
    }

    static Reading reading(Operand operand) {
        OperandLocation location = operand.location();
        if (location instanceof OperandLocation.Constant constant) {
            return new Reading.Constant(constant.value());
        }
        if (location instanceof OperandLocation.Register register) {
            return new Reading.Register(register.dwarfNumber(), register.bitOffset(), operand.size(), operand.signed());
        }
        if (location instanceof OperandLocation.Memory memory) {
            return new Reading.Memory(
                    memory.base(),
                    memory.index(),
                    memory.scale(),
                    memory.displacement(),
                    operand.size(),
                    operand.signed());
        }
        throw new IllegalArgumentException("an operand that is not understood: " + operand);
    }

    private static boolean isPlainNumber(long value) {
        return value >= -Integer.MAX_VALUE && value <= Integer.MAX_VALUE;
    }
}
