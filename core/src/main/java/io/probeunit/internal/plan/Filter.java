package io.probeunit.internal.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Conditions, all of which a firing must satisfy.
 *
 * @param conditions in the order written; none for all firings
 */
public record Filter(List<Condition> conditions) {

    /** Every firing satisfies it. */
    public static final Filter NONE = new Filter(List.of());

    /** Keeps a copy of the list. */
    public Filter {
        conditions = List.copyOf(conditions);
    }

    /**
     * Says whether every firing satisfies it.
     *
     * @return true if there are no conditions
     */
    public boolean isNone() {
        return conditions.isEmpty();
    }

    /**
     * A filter with one more condition.
     *
     * @param condition that must hold too
     * @return a new filter
     */
    public Filter and(Condition condition) {
        return new Filter(
                Stream.concat(conditions.stream(), Stream.of(condition)).toList());
    }

    /**
     * Says whether this filter has all conditions of another one, so that each firing that satisfies it satisfies the other
     * too. Conditions are compared as they are written.
     *
     * @param other a filter
     * @return false also if the conditions mean the same and are written in another way
     */
    public boolean implies(Filter other) {
        return Set.copyOf(conditions).containsAll(other.conditions);
    }

    /**
     * The conditions in words, as part of a sentence.
     *
     * @param before what stands before the first word
     * @return {@code before + "where arg1 == 42 and arg2 == 3"}; nothing if there are no conditions
     */
    public String text(String before) {
        return isNone()
                ? ""
                : conditions.stream().map(Condition::text).collect(Collectors.joining(" and ", before + "where ", ""));
    }

    /**
     * Refuses conditions that could never be right.
     *
     * @throws PlanException if the type alone decides
     */
    void check() {
        conditions.forEach(Filter::refuseWhatTheTypeDecides);
    }

    /** With such a condition {@code times = 0} would be met, or the condition be ignored, whatever happens. */
    private static void refuseWhatTheTypeDecides(Condition condition) {
        Capture value = condition.value();
        value.type()
                .flatMap(type -> condition
                        .decidedBy(type.bits(), type.isSigned())
                        .map(holds -> sentence(condition, type, holds)))
                .ifPresent(sentence -> {
                    throw new PlanException(sentence);
                });
    }

    private static String sentence(Condition condition, ValueType type, boolean holds) {
        return "where = \"%s\" is true for %s value: %s is %s number of %d bits. Compare with a value that it can have, or give another type (PU0231)."
                .formatted(
                        condition.text(),
                        holds ? "every" : "no",
                        condition.value(),
                        type.isSigned() ? "a signed" : "an unsigned",
                        type.bits());
    }
}
