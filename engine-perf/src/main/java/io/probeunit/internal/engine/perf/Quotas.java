package io.probeunit.internal.engine.perf;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The number of samples whose details a window takes. Each event has a quota on each CPU: perf reads the rings of the
 * CPUs one after the other, so what fired first may come behind thousands that fired later on another CPU. Guarded by
 * its owner.
 */
final class Quotas {

    private final int each;
    private final Map<Long, Integer> taken = new HashMap<>();
    private Set<Integer> wanted = Set.of();

    /**
     * Creates quotas of which nothing can be taken yet.
     *
     * @param each samples of one event on one CPU between two renewals
     */
    Quotas(int each) {
        this.each = each;
    }

    /** The quotas of all points that are wanted are full again; of the others no details are taken. */
    void renew(Set<Integer> points) {
        wanted = Set.copyOf(points);
        taken.clear();
    }

    /** Whether there is one left for this event on this CPU, which is taken then. */
    boolean take(int point, long source) {
        int before = taken.getOrDefault(source, 0);
        if (!wanted.contains(point) || before == each) {
            return false;
        }
        taken.put(source, before + 1);
        return true;
    }
}
