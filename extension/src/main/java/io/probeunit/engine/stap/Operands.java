package io.probeunit.engine.stap;

import io.probeunit.binary.Operand;
import io.probeunit.binary.OperandLocation;
import java.util.Optional;

/** A mark's operand, in a register or in memory, as an expression of SystemTap's language. */
final class Operands {

    private static final int BITS_IN_BYTE = 8;

    private Operands() {}

    /** Why an operand cannot be read; empty if it can. */
    static Optional<String> refusal(Operand operand) {
        if (operand.location() instanceof OperandLocation.Unsupported unsupported) {
            return Optional.of(unsupported.reason());
        }
        // SystemTap 4.8 puts literals of more than 32 bits into BPF code wrongly, without a word.
        if (operand.location() instanceof OperandLocation.Memory memory && !isPlainNumber(memory.displacement())) {
            return Optional.of("its address is more than 2 GiB away from its base register");
        }
        return Optional.empty();
    }

    static String expression(Operand operand) {
        OperandLocation location = operand.location();
        if (location instanceof OperandLocation.Register register) {
            String whole = Registers.read(register.dwarfNumber());
            return narrow(
                    register.bitOffset() == 0 ? whole : "(%s >> %d)".formatted(whole, register.bitOffset()), operand);
        }
        if (location instanceof OperandLocation.Memory memory) {
            return narrow("@uderef(%d, %s)".formatted(operand.size(), address(memory)), operand);
        }
        throw new IllegalArgumentException("an operand that is not understood: " + operand);
    }

    private static String address(OperandLocation.Memory memory) {
        StringBuilder address = new StringBuilder("(");
        memory.base().ifPresent(base -> address.append(Registers.read(base)).append(" + "));
        memory.index()
                .ifPresent(index -> address.append("%s * %d + ".formatted(Registers.read(index), memory.scale())));
        return address.append(number(memory.displacement())).append(')').toString();
    }

    private static String narrow(String value, Operand operand) {
        int bits = operand.size() * BITS_IN_BYTE;
        if (bits == Long.SIZE) {
            return value;
        }
        return operand.signed()
                ? "((%s << %d) >> %2$d)".formatted(value, Long.SIZE - bits)
                : "((%s << %d) >>> %2$d)".formatted(value, Long.SIZE - bits);
    }

    /** The language has no negative literals. */
    private static String number(long value) {
        return value < 0 ? "(0 - %d)".formatted(-value) : String.valueOf(value);
    }

    private static boolean isPlainNumber(long value) {
        return value >= -Integer.MAX_VALUE && value <= Integer.MAX_VALUE;
    }
}
