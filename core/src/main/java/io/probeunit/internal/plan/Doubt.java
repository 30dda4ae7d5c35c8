package io.probeunit.internal.plan;

/**
 * A reason why the hits of a probe point may not be the calls that the program made. Immutable and thread-safe.
 *
 * @param effect what that does to a count
 * @param reason a person's words, which say what to do; no full stop at the end
 */
public record Doubt(Effect effect, String reason) {

    /** What a doubt does to a count of hits. */
    public enum Effect {
        /** There may be calls without a hit: the hits are a lower bound. */
        CALLS_MISSED,
        /** One call may make several hits: of any number of hits at least one is a call. */
        CALLS_REPEATED,
        /** Any hit may be that of something else. */
        OTHERS_COUNTED,
        /** What is probed may be switched off: that there is no hit means nothing. */
        SILENT,
        /** The hits are calls, but what was captured may not be what the source names so. */
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

    /** What is probed may be off, unless there is a hit. */
    public static Doubt silent(String reason) {
        return new Doubt(Effect.SILENT, reason);
    }

    /** Captured values may be others than those of the source. */
    public static Doubt values(String reason) {
        return new Doubt(Effect.VALUES_WRONG, reason);
    }

    /**
     * Says whether a count of hits is in doubt for this reason.
     *
     * @param hits how many there were
     * @return false where the count is right all the same
     */
    public boolean concerns(long hits) {
        return switch (effect) {
            case CALLS_MISSED -> true;
            case SILENT -> hits == 0;
            case CALLS_REPEATED -> hits > 1;
            case OTHERS_COUNTED -> hits > 0;
            case VALUES_WRONG -> false;
        };
    }

    /**
     * How many of some hits may be no calls.
     *
     * @param hits how many there were
     * @param filtered whether these are those that satisfy conditions on values
     * @return 0 to {@code hits}
     */
    public long surplus(long hits, boolean filtered) {
        return switch (effect) {
            case CALLS_MISSED, SILENT -> 0;
            // which of the hits is the call is not known, so it may be one that was left out
            case CALLS_REPEATED -> filtered ? hits : Math.max(0, hits - 1);
            case OTHERS_COUNTED -> hits;
            case VALUES_WRONG -> filtered ? hits : 0;
        };
    }
}
