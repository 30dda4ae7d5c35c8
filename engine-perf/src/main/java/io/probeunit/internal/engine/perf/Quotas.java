package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.StackQuota;
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
    private final Map<Integer, Long> stacksAsked = new HashMap<>();
    private Set<Integer> wanted = Set.of();
    private Map<Integer, StackQuota> stacks = Map.of();

    /**
     * Creates quotas of which nothing can be taken yet.
     *
     * @param each samples of one event on one CPU between two renewals
     */
    Quotas(int each) {
        this.each = each;
    }

    /** The quotas of all points that are wanted are full again; of the others no details are taken. Stacks are counted anew. */
    void renew(Set<Integer> points, Map<Integer, StackQuota> ofStacks) {
        wanted = Set.copyOf(points);
        stacks = Map.copyOf(ofStacks);
        taken.clear();
        stacksAsked.clear();
    }

    /** Whether the stack of the next firing of a point is wanted, which has passed then. */
    boolean takeStack(int point) {
        StackQuota quota = stacks.getOrDefault(point, StackQuota.NONE);
        long turn = stacksAsked.merge(point, 1L, Long::sum) - 1;
        return turn >= quota.after() && turn < quota.after() + quota.count();
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
