package io.probeunit;

/**
 * A frame of a stack: a function that was running, or that waits for one that it has called.
 *
 * @param function the name as its source has it, scopes included; {@code <signal handler called>} for a frame that the
 *     kernel made; {@code <unknown>} if no symbol of the binary names it
 * @param binary the path of the binary in the container
 * @param offset the place in that file, in bytes: for the innermost frame, the instruction that fired; for a caller,
 *     the instruction after its call
 */
public record Frame(String function, String binary, long offset) {

    /** The name of a function that no symbol names. */
    public static final String UNKNOWN = "<unknown>";

    /** The name of a frame that the kernel made to call a handler of a signal. */
    public static final String SIGNAL = "<signal handler called>";

    @Override
    public String toString() {
        return "%s (%s+0x%x)".formatted(function, binary, offset);
    }
}
