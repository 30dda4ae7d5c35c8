package io.probeunit.internal.binary;

import java.util.List;

/**
 * Marks in a file that cannot be probed. Immutable and thread-safe.
 *
 * @param leftOut ELF notes that lead to nothing that can be probed
 * @param oldFormat whether it has a section {@code .probes}: marks in a format of before SystemTap 1.4
 */
record UnusableMarks(List<LeftOutMark> leftOut, boolean oldFormat) {

    static final UnusableMarks NONE = new UnusableMarks(List.of(), false);

    UnusableMarks {
        leftOut = List.copyOf(leftOut);
    }
}
