package io.probeunit.internal.binary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the operands of a note: {@code N@OP} for each argument, N the width in bytes, negative for a signed value, OP as
 * the assembler of the architecture writes it (SystemTap wiki, "UserSpaceProbeImplementation"; {@code sys/sdt.h},
 * {@code _SDT_ARGFMT}). Notes of before 2010 have OP alone. Never throws.
 */
final class OperandReader {

    /**
     * A note may mix operands with and without a width ({@code 8@%rax %rdx}), and an operand may hold blanks ({@code [sp, 12]},
     * {@code DWORD PTR -4[rbp]}, {@code a + 4(%rip)}): the next one begins where a width does, or a register, a number or a
     * memory operand that continues nothing.
     */
    private static final Pattern NEXT = Pattern.compile(
            "(?<![+,-]|PTR)\\s+(?![^\\[]*])" + "(?=-?[0-9]+f?@|[%$]|-?[\\w.$+]*\\(|-?[0-9]|[xw][0-9]+\\b|sp\\b|\\[)");

    private static final Pattern SIZED = Pattern.compile("(-?)([0-9]{1,3})(f?)@(.*)");
    private static final int LONGEST = 4096;
    private static final int WORD = 8;

    private final OperandGrammar grammar;
    /** A large program has tens of thousands of sites, and some hundred texts. */
    private final Map<String, List<Operand>> known = new HashMap<>();

    OperandReader(OperandGrammar grammar) {
        this.grammar = grammar;
    }

    List<Operand> read(String text, long site) {
        String operands = text.strip();
        if (operands.isEmpty()) {
            return List.of();
        }
        if (operands.length() > LONGEST) {
            return List.of(unsupported(operands.substring(0, 40) + "…", "the operands are longer than any compiler's"));
        }
        // what counts from the instruction is another place at each site
        return operands.contains("rip")
                ? all(operands, site)
                : known.computeIfAbsent(operands, same -> List.copyOf(all(same, site)));
    }

    private List<Operand> all(String operands, long site) {
        List<Operand> result = new ArrayList<>();
        for (String operand : NEXT.split(operands)) {
            result.add(one(operand, site));
        }
        return result;
    }

    private Operand one(String text, long site) {
        Matcher sized = SIZED.matcher(text);
        if (!sized.matches()) {
            OperandGrammar.Parsed parsed = grammar.parse(text, site);
            boolean constant = parsed.location() instanceof OperandLocation.Constant;
            return operand(parsed.width() == 0 ? WORD : parsed.width(), constant, parsed.location(), text);
        }
        boolean signed = !sized.group(1).isEmpty();
        int size = Integer.parseInt(sized.group(2));
        if (!sized.group(3).isEmpty()) {
            return unsupported(text, "it is a floating-point value");
        }
        if (size != 1 && size != 2 && size != 4 && size != WORD) {
            return unsupported(text, "it has a width of %d bytes".formatted(size));
        }
        OperandGrammar.Parsed parsed = grammar.parse(sized.group(4).strip(), site);
        if (parsed.width() > 0 && parsed.width() < size) {
            // the rest of the full register is not part of the value
            return operand(parsed.width(), false, parsed.location(), text);
        }
        return operand(size, signed, parsed.location(), text);
    }

    private static Operand operand(int size, boolean signed, OperandLocation location, String text) {
        if (location instanceof OperandLocation.Constant constant) {
            return new Operand(
                    size, signed, new OperandLocation.Constant(extended(constant.value(), size, signed)), text);
        }
        return new Operand(size, signed, location, text);
    }

    private static Operand unsupported(String text, String reason) {
        return new Operand(WORD, false, new OperandLocation.Unsupported(reason), text);
    }

    private static long extended(long value, int size, boolean signed) {
        int unused = 64 - 8 * size;
        return signed ? value << unused >> unused : value << unused >>> unused;
    }
}
