package io.probeunit.junit;

import io.probeunit.engine.ProbePoint;
import io.probeunit.engine.Slot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Probe points of several annotations, each point once, with all that any of them captures. */
final class UnitedPoints {

    /** By the point without its slots. */
    private final Map<ProbePoint, ProbePoint> points = new LinkedHashMap<>();

    /** Unites points; those that are there already get the slots that they lack. */
    static UnitedPoints of(Collection<ProbePoint> points) {
        UnitedPoints united = new UnitedPoints();
        points.forEach(united::add);
        return united;
    }

    /** The point itself, whatever is captured there. */
    static ProbePoint bare(ProbePoint point) {
        return point.withSlots(List.of());
    }

    void add(ProbePoint point) {
        points.merge(bare(point), point, UnitedPoints::unite);
    }

    List<ProbePoint> list() {
        return List.copyOf(points.values());
    }

    /** Says whether all these points are here with all their slots. */
    boolean covers(Collection<ProbePoint> wanted) {
        return wanted.stream().allMatch(p -> {
            ProbePoint here = points.get(bare(p));
            return here != null && here.slots().containsAll(p.slots());
        });
    }

    private static ProbePoint unite(ProbePoint a, ProbePoint b) {
        LinkedHashSet<Slot> slots = new LinkedHashSet<>(a.slots());
        slots.addAll(b.slots());
        return a.withSlots(List.copyOf(slots));
    }
}
