package io.probeunit.internal.recording;

import io.probeunit.internal.columns.FiringColumns;
import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.ProbePoint;
import java.util.ArrayList;
import java.util.List;

/** Details of firings that have arrived and belong to no barrier yet. Thread-safe, and never blocks for long. */
final class LinePool {

    private final List<FiringColumns> lines = new ArrayList<>();

    LinePool(List<ProbePoint> points) {
        for (int i = 0; i < points.size(); i++) {
            lines.add(new FiringColumns(i, points.get(i).slots().size()));
        }
    }

    synchronized void add(Details line) {
        lines.get(line.point()).add(line);
    }

    /** How many there are of each point. */
    synchronized int[] sizes() {
        int[] sizes = new int[lines.size()];
        for (int point = 0; point < sizes.length; point++) {
            sizes[point] = lines.get(point).size();
        }
        return sizes;
    }

    /** Takes out the first lines of a point in the order of time; fewer if there are fewer. */
    synchronized FiringColumns take(int point, long count) {
        return lines.get(point).takeFirst(count);
    }
}
