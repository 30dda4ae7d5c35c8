package io.probeunit.internal.plan;

/**
 * A cause why a count or a value of a probe point may differ from what the program did. Immutable and thread-safe.
 *
 * <p>A doubt is made where its cause is found, and keeps its text until it is in a failure or a report:
 * <ol>
 * <li>The cause: the look-up of a point ({@link io.probeunit.internal.engine.ProbePoint#doubts()}), a semaphore that is not
 *     held ({@code GuardedMarks}), a watch ({@link io.probeunit.internal.watch.Findings}), or a session that is lost.
 * <li>{@code SessionWindow} and {@link io.probeunit.internal.recording.SessionRecorder} put the doubts about a point together, in
 *     {@code PointState.doubts}. {@code SessionState}, {@code OpenStage} and {@code WindowState} hand them on unchanged.
 * <li>{@code QueryAnswer} asks all points of an expectation; {@link io.probeunit.internal.recording.Observation} makes an interval of the count and its doubts.
 * <li>{@code Judge} compares the interval with the bounds: {@link io.probeunit.internal.recording.Verdict} is inconclusive if
 *     some counts of the interval are right and others are wrong.
 * <li>{@link io.probeunit.internal.report.FailureStory} prints the texts, {@code TestReport} writes them.
 * </ol>
 * Firings whose details were dropped, and those of which a condition could not be decided, are counted and not a doubt of this
 * kind: {@code Observation} has their texts, {@code PointFilter} decides on a firing. A search for words of a text leads to its cause. {@code docs/promises.md} has a row for each doubt.
 *
 * @param effect what that does to a count
 * @param text a person's words, which say what to do; no full stop at the end
 */
public record Doubt(Effect effect, String text) {

    /** What a doubt does to a count of firings. */
    public enum Effect {
        /** There may be calls without a firing: the number of firings is a lower bound. */
        CALLS_MISSED,
        /** The session is lost: as {@link #CALLS_MISSED}, and no later firing will be counted. */
        SESSION_LOST,
        /** One call may cause several firings: of any number of firings at least one is a call. */
        CALLS_REPEATED,
        /** Any firing may belong to something else. */
        OTHERS_COUNTED,
        /** A probe may have changed what the program does: at all points of the window, any number of calls is possible. */
        PROGRAM_CHANGED,
        /** The mark may be off: no firing means nothing. */
        SILENT,
        /** The firings are calls, but captured values may differ from the source. */
        VALUES_WRONG
    }

    /** Calls may be missing. */
    public static Doubt missed(String text) {
        return new Doubt(Effect.CALLS_MISSED, text);
    }

    /** Calls may be missing, and no more will be counted. */
    public static Doubt lost(String text) {
        return new Doubt(Effect.SESSION_LOST, text);
    }

    /** A call may count several times. */
    public static Doubt repeated(String text) {
        return new Doubt(Effect.CALLS_REPEATED, text);
    }

    /** What is counted may be something else. */
    public static Doubt others(String text) {
        return new Doubt(Effect.OTHERS_COUNTED, text);
    }

    /** Nothing that the window saw, at any point, is sure to be what the program does without probes. */
    public static Doubt program(String text) {
        return new Doubt(Effect.PROGRAM_CHANGED, text);
    }

    /** The mark may be off, unless there is a firing. */
    public static Doubt silent(String text) {
        return new Doubt(Effect.SILENT, text);
    }

    /** Captured values may be others than those of the source. */
    public static Doubt values(String text) {
        return new Doubt(Effect.VALUES_WRONG, text);
    }

    /**
     * Says whether a count of firings is in doubt for this cause.
     *
     * @param firings how many there were
     * @return false where the count is right all the same
     */
    public boolean concerns(long firings) {
        return switch (effect) {
            case CALLS_MISSED, SESSION_LOST, PROGRAM_CHANGED -> true;
            case SILENT -> firings == 0;
            case CALLS_REPEATED -> firings > 1;
            case OTHERS_COUNTED -> firings > 0;
            case VALUES_WRONG -> false;
        };
    }

    /**
     * Says whether there may be more calls than firings, however many there were.
     *
     * @return true where the number of firings is no upper bound
     */
    public boolean missesCalls() {
        return switch (effect) {
            case CALLS_MISSED, SESSION_LOST, PROGRAM_CHANGED -> true;
            case SILENT, CALLS_REPEATED, OTHERS_COUNTED, VALUES_WRONG -> false;
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
            case CALLS_MISSED, SESSION_LOST, SILENT -> 0;
            // which firing is the call is not known: it may be one that the conditions leave out, so none is sure
            case CALLS_REPEATED -> filtered ? firings : Math.max(0, firings - 1);
            case OTHERS_COUNTED, PROGRAM_CHANGED -> firings;
            case VALUES_WRONG -> filtered ? firings : 0;
        };
    }
}
