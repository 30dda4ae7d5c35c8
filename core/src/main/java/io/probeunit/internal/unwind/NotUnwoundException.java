package io.probeunit.internal.unwind;

/** A frame's caller cannot be found; the message says why, without a full stop. */
final class NotUnwoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotUnwoundException(String reason) {
        super(reason);
    }

    /** For a table that no compiler writes, as far as is known. */
    static NotUnwoundException strangeTable() {
        return new NotUnwoundException("its table for unwinding is damaged, or of an unknown kind");
    }
}
