package io.probeunit.internal.binary;

/**
 * An argument of a mark at one site. Immutable and thread-safe.
 *
 * @param size width of the value in bytes: 1, 2, 4 or 8
 * @param signed true if the value is a signed integer
 * @param location where the value is
 * @param text as in the note, for messages
 */
public record Operand(int size, boolean signed, OperandLocation location, String text) {

    /** Checks the size. */
    public Operand {
        if (size != 1 && size != 2 && size != 4 && size != 8) {
            throw new IllegalArgumentException("An operand has 1, 2, 4 or 8 bytes, not " + size + ".");
        }
    }
}
