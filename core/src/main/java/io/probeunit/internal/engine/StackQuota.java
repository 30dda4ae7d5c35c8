package io.probeunit.internal.engine;

import io.probeunit.internal.plan.Condition;
import java.util.Optional;

/**
 * Of which firings of a point in a window the stack is wanted.
 *
 * @param after how many firings come before them
 * @param count how many are wanted
 * @param slow what the time of the call must satisfy, so that the firing counts here; empty if all do
 */
public record StackQuota(long after, long count, Optional<Condition> slow) {

    /** No stacks. */
    public static final StackQuota NONE = new StackQuota(0, 0);

    /** Whatever time the calls take. */
    public StackQuota(long after, long count) {
        this(after, count, Optional.empty());
    }

    /**
     * All that one or the other wants. Of slow calls, and of others that come after many firings, only the slow ones, since else
     * all between them were wanted too.
     *
     * @param other another quota of the same point
     * @return from the first of both to the last of both
     */
    public StackQuota and(StackQuota other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        if (slow.isPresent() && other.slow.isEmpty() && other.after > 0) {
            return this;
        }
        if (slow.isEmpty() && other.slow.isPresent() && after > 0) {
            return other;
        }
        long first = Math.min(after, other.after);
        return new StackQuota(
                first,
                Math.max(after + count, other.after + other.count) - first,
                slow.equals(other.slow) ? slow : Optional.empty());
    }
}
