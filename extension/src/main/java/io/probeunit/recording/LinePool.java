package io.probeunit.recording;

import io.probeunit.engine.RawFiring;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Details of firings that have arrived and belong to no barrier yet. Thread-safe, and never blocks for long. */
final class LinePool {

    private static final Comparator<RawFiring> BY_TIME = Comparator.comparingLong(RawFiring::nanos);

    private final List<List<RawFiring>> lines = new ArrayList<>();

    LinePool(int points) {
        for (int i = 0; i < points; i++) {
            lines.add(new ArrayList<>());
        }
    }

    synchronized void add(RawFiring line) {
        lines.get(line.point()).add(line);
    }

    synchronized List<Integer> sizes() {
        return lines.stream().map(List::size).toList();
    }

    /** Takes out the first lines of a point in the order of time; fewer if there are fewer. */
    synchronized List<RawFiring> take(int point, long count) {
        List<RawFiring> all = lines.get(point);
        if (count == 0 || all.isEmpty()) {
            return List.of();
        }
        all.sort(BY_TIME);
        List<RawFiring> first = all.subList(0, (int) Math.min(count, all.size()));
        List<RawFiring> taken = List.copyOf(first);
        first.clear();
        return taken;
    }
}
