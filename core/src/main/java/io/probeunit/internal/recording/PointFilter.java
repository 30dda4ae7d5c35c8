package io.probeunit.internal.recording;

import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.Filter;
import java.util.Optional;

/**
 * A filter on the firings of one point.
 *
 * @param point whose firings
 * @param filter its conditions know the types of their values
 */
record PointFilter(PointView point, Filter filter) {

    boolean isNone() {
        return filter.isNone();
    }

    int conditions() {
        return filter.conditions().size();
    }

    /** What the engine may have judged firings without details by. */
    Optional<IntegerFilter> onIntegers() {
        return IntegerFilter.of(filter);
    }

    /** Judges one firing; empty if that depends on text that was cut, or on memory that could not be read. */
    Optional<Boolean> passes(RawFiring line) {
        boolean decided = true;
        for (Condition condition : filter.conditions()) {
            Optional<Boolean> holds = holds(condition, line);
            if (holds.isPresent() && !holds.get()) {
                return Optional.of(false);
            }
            decided &= holds.isPresent();
        }
        return decided ? Optional.of(true) : Optional.empty();
    }

    private Optional<Boolean> holds(Condition condition, RawFiring line) {
        Value value = point.value(condition.value(), line);
        if (value instanceof Value.Text text) {
            return condition.holds(text.text(), text.cut());
        }
        if (value instanceof Value.Number number && !condition.value().isString()) {
            return Optional.of(
                    condition.holds(PointView.number(condition.value(), number), point.isSigned(condition.value())));
        }
        return Optional.empty();
    }
}
