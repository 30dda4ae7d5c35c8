package io.probeunit.internal.engine;

import java.util.List;

/**
 * What a request was resolved to.
 *
 * @param points at least one; several for a glob
 * @param notes what a person should know of this choice, in sentences; mostly empty
 */
public record Resolved(List<ProbePoint> points, List<String> notes) {

    /** Keeps copies of the lists. */
    public Resolved {
        points = List.copyOf(points);
        notes = List.copyOf(notes);
    }
}
