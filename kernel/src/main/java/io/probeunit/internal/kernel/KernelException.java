package io.probeunit.internal.kernel;

/** A system call was refused, with the kernel's reason; or no system call is possible ({@link #isUnreachable}). */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int error;

    /**
     * A call was refused.
     *
     * @param error its number, positive
     */
    public KernelException(int error) {
        super(Errno.words(error));
        this.error = error;
    }

    /**
     * No call can be made any more.
     *
     * @param message why
     */
    public KernelException(String message) {
        super(message);
        this.error = 0;
    }

    /**
     * No call can be made at all.
     *
     * @param message why
     * @param cause what was thrown
     */
    public KernelException(String message, Throwable cause) {
        super(message, cause);
        this.error = 0;
    }

    /**
     * Says whether a call was refused for a reason.
     *
     * @param reason which
     * @return true if it was
     */
    public boolean is(Errno reason) {
        return error == reason.number();
    }

    /**
     * Says whether nothing was refused: the way to the kernel is gone.
     *
     * @return true if no call can be made any more
     */
    public boolean isUnreachable() {
        return error == 0;
    }
}
