package io.probeunit.internal.engine;

/**
 * Of which firings of a point in a window the stack is wanted.
 *
 * @param after how many firings come before them
 * @param count how many are wanted
 */
public record StackQuota(long after, long count) {

    /** No stacks. */
    public static final StackQuota NONE = new StackQuota(0, 0);

    /**
     * All that one or the other wants.
     *
     * @param other another quota of the same point
     * @return from the first of both to the last of both
     */
    public StackQuota and(StackQuota other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        long first = Math.min(after, other.after);
        return new StackQuota(first, Math.max(after + count, other.after + other.count) - first);
    }
}
