package io.probeunit.internal.engine;

import java.util.List;

/**
 * What a request was resolved to.
 *
 * @param points at least one; several for a glob
 * @param notes what a person should know of this choice, in sentences; mostly empty
 * @param leftOut what a glob of a coverage also matches, and cannot be probed; empty for all other requests
 */
public record Resolved(List<ProbePoint> points, List<String> notes, List<LeftOut> leftOut) {

    /** Keeps copies of the lists. */
    public Resolved {
        points = List.copyOf(points);
        notes = List.copyOf(notes);
        leftOut = List.copyOf(leftOut);
    }

    /** Nothing is left out. */
    public Resolved(List<ProbePoint> points, List<String> notes) {
        this(points, notes, List.of());
    }

    /**
     * A function or mark that cannot be probed.
     *
     * @param name as a point would be called
     * @param reason a part of a sentence, without its full stop
     */
    public record LeftOut(String name, String reason) {}
}
