package io.probeunit.host.wire;

/** Says that the other side refused, or cannot be reached. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ended;

    private WireException(String message, boolean ended) {
        super(message);
        this.ended = ended;
    }

    static WireException refused(String message) {
        return new WireException(message, false);
    }

    static WireException ended(String message) {
        return new WireException(message, true);
    }

    /**
     * Says whether there is nobody to ask any more.
     *
     * @return false if the other side answered, and refused
     */
    public boolean isEnded() {
        return ended;
    }
}
