package io.probeunit.internal.sessions;

import io.probeunit.internal.engine.ProbePoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Probe points of several annotations, each point once, with the captures and conditions of all of them. */
public final class UnitedPoints {

    /** By the bare point. */
    private final Map<ProbePoint, ProbePoint> points = new LinkedHashMap<>();

    /** Unites points; those that are there already get the slots that they lack. */
    public static UnitedPoints of(Collection<ProbePoint> points) {
        UnitedPoints united = new UnitedPoints();
        points.forEach(united::add);
        return united;
    }

    public void add(ProbePoint point) {
        points.merge(point.bare(), point, UnitedPoints::unite);
    }

    /** All points, in the order in which they came. */
    public List<ProbePoint> list() {
        return List.copyOf(points.values());
    }

    private static ProbePoint unite(ProbePoint a, ProbePoint b) {
        return a.recording(united(a.slots(), b.slots()), united(a.filters(), b.filters()));
    }

    private static <T> List<T> united(List<T> a, List<T> b) {
        LinkedHashSet<T> united = new LinkedHashSet<>(a);
        united.addAll(b);
        return List.copyOf(united);
    }
}
