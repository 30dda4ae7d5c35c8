package io.probeunit.internal.binary;

import io.probeunit.internal.binary.OperandLocation.Constant;
import io.probeunit.internal.binary.OperandLocation.Memory;
import io.probeunit.internal.binary.OperandLocation.Register;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operands of AArch64 as GCC and Clang write them into notes: {@code x0}, {@code w0}, {@code [sp, 12]}, {@code [x1]},
 * {@code [x0, x1, lsl 3]}, {@code 5}, {@code #5}.
 */
final class Arm64Operands implements OperandGrammar {

    private static final int STACK_POINTER = 31;

    private static final Pattern REGISTER = Pattern.compile("([xw])(30|[12][0-9]|[0-9])");
    private static final Pattern MEMORY =
            Pattern.compile("\\[\\s*([a-z0-9]+)\\s*(?:,\\s*([^,\\]]+?)\\s*(?:,\\s*lsl\\s+#?([0-3])\\s*)?)?]");

    @Override
    public Parsed parse(String text, long site) {
        if (text.startsWith("[")) {
            return memory(text);
        }
        OptionalLong number = number(text);
        if (number.isPresent()) {
            return Parsed.of(new Constant(number.getAsLong()));
        }
        if (text.equals("xzr") || text.equals("wzr")) {
            return Parsed.of(new Constant(0));
        }
        OptionalInt full = fullRegister(text);
        if (full.isPresent()) {
            return new Parsed(new Register(full.getAsInt(), 0), 8);
        }
        Matcher register = REGISTER.matcher(text);
        if (register.matches()) {
            return new Parsed(new Register(Integer.parseInt(register.group(2)), 0), 4);
        }
        return text.matches("[bhsdqv][0-9]+")
                ? Parsed.unsupported(text + " is not a general register")
                : notUnderstood(text);
    }

    private static Parsed memory(String text) {
        Matcher memory = MEMORY.matcher(text);
        if (!memory.matches()) {
            return notUnderstood(text);
        }
        OptionalInt base = fullRegister(memory.group(1));
        if (base.isEmpty()) {
            return notUnderstood(text);
        }
        if (memory.group(2) == null) {
            return Parsed.of(new Memory(base, OptionalInt.empty(), 1, 0, Optional.empty()));
        }
        OptionalLong displacement = number(memory.group(2));
        if (displacement.isPresent() && memory.group(3) == null) {
            return Parsed.of(new Memory(base, OptionalInt.empty(), 1, displacement.getAsLong(), Optional.empty()));
        }
        OptionalInt index = fullRegister(memory.group(2));
        if (index.isEmpty() || index.getAsInt() == STACK_POINTER) {
            return notUnderstood(text);
        }
        int scale = memory.group(3) == null ? 1 : 1 << Integer.parseInt(memory.group(3));
        return Parsed.of(new Memory(base, index, scale, 0, Optional.empty()));
    }

    private static OptionalInt fullRegister(String text) {
        if (text.equals("sp")) {
            return OptionalInt.of(STACK_POINTER);
        }
        Matcher register = REGISTER.matcher(text);
        return register.matches() && register.group(1).equals("x")
                ? OptionalInt.of(Integer.parseInt(register.group(2)))
                : OptionalInt.empty();
    }

    private static OptionalLong number(String text) {
        return Numbers.parse(text.startsWith("#") ? text.substring(1) : text);
    }

    private static Parsed notUnderstood(String text) {
        return Parsed.unsupported("'" + text + "' is not understood");
    }
}
