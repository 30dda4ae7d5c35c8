package io.probeunit.internal.host;

/** A file, a process or the kernel of a host could not be reached. */
public sealed class HostException extends RuntimeException permits NoSuchProgramException {
    private static final long serialVersionUID = 1L;

    /** What EMFILE and ENFILE have in common in the words of the C library. */
    private static final String NO_DESCRIPTORS = "many open files";

    public HostException(String message) {
        super(message);
    }

    public HostException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Says whether something was not reached for want of file descriptors: then it may be there all the same.
     *
     * @return true if a process or the machine has no descriptor left
     */
    public boolean wantsDescriptors() {
        return String.valueOf(getMessage()).contains(NO_DESCRIPTORS);
    }
}
