package io.probeunit.internal.engine;

import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.Filter;
import java.util.List;
import java.util.Optional;

/**
 * Conditions on integers, all of which must hold. An engine can check them in the kernel, without giving the details of
 * a firing.
 *
 * @param conditions each on an integer, at least one
 */
public record IntegerFilter(List<Condition> conditions) {

    /** Keeps a copy of the list, and checks it. */
    public IntegerFilter {
        conditions = List.copyOf(conditions);
        if (conditions.isEmpty() || !conditions.stream().allMatch(IntegerFilter::isOnInteger)) {
            throw new IllegalArgumentException("not on integers: " + conditions);
        }
    }

    /**
     * What an engine can judge of a filter.
     *
     * @param filter with conditions of any kind
     * @return those on integers; empty if there are none
     */
    public static Optional<IntegerFilter> of(Filter filter) {
        List<Condition> onIntegers =
                filter.conditions().stream().filter(IntegerFilter::isOnInteger).toList();
        return onIntegers.isEmpty() ? Optional.empty() : Optional.of(new IntegerFilter(onIntegers));
    }

    private static boolean isOnInteger(Condition condition) {
        return condition.literal() instanceof Condition.Literal.Number;
    }
}
