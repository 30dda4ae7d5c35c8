package io.probeunit.internal.watch;

import io.probeunit.internal.engine.ProbePoint;
import java.util.List;
import java.util.Optional;

/**
 * A point that a window wants.
 *
 * @param index its place among the points of the session
 * @param point where it is
 * @param lookedUpAs the bare file name by which its file was looked up; empty if a path was given, or nothing
 * @param paths the paths by which its file was given, as they were written
 */
public record WatchedPoint(int index, ProbePoint point, Optional<String> lookedUpAs, List<String> paths) {

    /** Keeps a copy of the list. */
    public WatchedPoint {
        paths = List.copyOf(paths);
    }
}
