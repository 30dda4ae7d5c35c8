package io.probeunit.internal.binary;

import java.util.List;

/**
 * Things in a file that are neither functions nor marks, but may be what the user means. Immutable and thread-safe.
 *
 * @param labels names of places in the code to which the symbol table gives no type, ordered by address, then name: what
 *     assemblers make of a label
 * @param oldMarks whether it has a section {@code .probes}: marks in a format of before SystemTap 1.4
 */
public record NearFunctions(List<FunctionSymbol> labels, boolean oldMarks) {

    /** Nothing. */
    public static final NearFunctions NOTHING = new NearFunctions(List.of(), false);

    /** Takes a copy of the list. */
    public NearFunctions {
        labels = List.copyOf(labels);
    }
}
