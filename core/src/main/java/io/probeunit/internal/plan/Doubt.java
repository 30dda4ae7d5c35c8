package io.probeunit.internal.plan;

/**
 * A cause why the firings of a probe point may differ from the calls of the program. Immutable and thread-safe.
 *
 * @param effect what that does to a count
 * @param reason a person's words, which say what to do; no full stop at the end
 */
public record Doubt(Effect effect, String reason) {

    /** What a doubt does to a count of firings. */
    public enum Effect {
        /** There may be calls without a firing: the number of firings is a lower bound. */
        CALLS_MISSED,
        /** One call may cause several firings: of any number of firings at least one is a call. */
        CALLS_REPEATED,
        /** Any firing may belong to something else. */
        OTHERS_COUNTED,
        /** The mark may be off: no firing means nothing. */
        SILENT,
        /** The firings are calls, but captured values may differ from the source. */
        VALUES_WRONG
    }

    /** Calls may be missing. */
    public static Doubt missed(String reason) {
        return new Doubt(Effect.CALLS_MISSED, reason);
    }

    /** A call may count several times. */
    public static Doubt repeated(String reason) {
        return new Doubt(Effect.CALLS_REPEATED, reason);
    }

    /** What is counted may be something else. */
    public static Doubt others(String reason) {
        return new Doubt(Effect.OTHERS_COUNTED, reason);
    }

    /** The mark may be off, unless there is a firing. */
    public static Doubt silent(String reason) {
        return new Doubt(Effect.SILENT, reason);
    }

    /** Captured values may be others than those of the source. */
    public static Doubt values(String reason) {
        return new Doubt(Effect.VALUES_WRONG, reason);
    }

    /**
     * Says whether a count of firings is in doubt for this cause.
     *
     * @param firings how many there were
     * @return false where the count is right all the same
     */
    public boolean concerns(long firings) {
        return switch (effect) {
            case CALLS_MISSED -> true;
            case SILENT -> firings == 0;
            case CALLS_REPEATED -> firings > 1;
            case OTHERS_COUNTED -> firings > 0;
            case VALUES_WRONG -> false;
        };
    }

    /**
     * How many of some firings may not be calls.
     *
     * @param firings how many there were
     * @param filtered whether these are those that satisfy conditions on values
     * @return 0 to {@code firings}
     */
    public long surplus(long firings, boolean filtered) {
        return switch (effect) {
            case CALLS_MISSED, SILENT -> 0;
            // which of the firings is the call is not known, so it may be one that was left out
            case CALLS_REPEATED -> filtered ? firings : Math.max(0, firings - 1);
            case OTHERS_COUNTED -> firings;
            case VALUES_WRONG -> filtered ? firings : 0;
        };
    }
}
