package io.probeunit;

import java.util.Optional;

/**
 * A frame of a stack: a function that was running, or that waits for one that it has called.
 *
 * @param function the name as its source has it, scopes included; {@code <signal handler called>} for a frame that the
 *     kernel made; {@code <unknown>} if no symbol of the binary names it
 * @param binary the path of the binary in the container
 * @param offset the place in that file, in bytes: for the innermost frame, the instruction that fired; for a caller,
 *     the instruction after its call
 * @param source the line of the source: for the innermost frame, that of the instruction that fired; for a caller, that of
 *     its call; empty if the binary has no debug information, or it says nothing there
 */
public record Frame(String function, String binary, long offset, Optional<Source> source) {

    /** The name of a function that no symbol names. */
    public static final String UNKNOWN = "<unknown>";

    /** The name of a frame that the kernel made to call a handler of a signal. */
    public static final String SIGNAL = "<signal handler called>";

    /** A frame of which no line is known. */
    public Frame(String function, String binary, long offset) {
        this(function, binary, offset, Optional.empty());
    }

    /**
     * A line of the source. If code of another function was inlined there, it is a line of that one.
     *
     * @param file its path as the compiler was given it
     * @param line counted from 1
     */
    public record Source(String file, int line) {

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    @Override
    public String toString() {
        return "%s (%s+0x%x%s)"
                .formatted(
                        function,
                        binary,
                        offset,
                        source.map(line -> ", " + line).orElse(""));
    }
}
