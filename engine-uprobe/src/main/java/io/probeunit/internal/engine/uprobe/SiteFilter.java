package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.plan.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A filter as the program judges by it at one site.
 *
 * @param conditions all of which must hold
 */
record SiteFilter(List<SiteCondition> conditions) {

    /** What one point is judged by at most: a firing without details pays for each. */
    static final int MOST = 16;

    SiteFilter {
        conditions = List.copyOf(conditions);
    }

    /** The filters of a point that the program judges by. */
    static List<IntegerFilter> judgedBy(ProbePoint point) {
        return point.filters().subList(0, Math.min(MOST, point.filters().size()));
    }

    /** Of a function's entry or return. */
    static List<SiteFilter> ofFunction(ProbePoint.Function function, PtRegs registers) {
        return of(function, slot -> SlotReading.ofFunction(function, slot, registers));
    }

    /** Of one site of a mark. */
    static List<SiteFilter> ofMark(ProbePoint.UsdtMark mark, MarkSite site, PtRegs registers) {
        return of(mark, slot -> SlotReading.ofMark(slot, site, registers));
    }

    /** Whether no firing can satisfy it, whatever is read. */
    boolean neverHolds() {
        return conditions.stream()
                .anyMatch(
                        condition -> !condition.mayFail() && condition.decided().equals(Optional.of(false)));
    }

    boolean readsMemory() {
        return conditions.stream().anyMatch(SiteCondition::readsMemory);
    }

    /** Whether it may be unknown if a firing satisfies it. */
    boolean mayFail() {
        return conditions.stream().anyMatch(SiteCondition::mayFail);
    }

    /** Whether it compares the time of a call. */
    boolean isTimed() {
        return conditions.stream().anyMatch(condition -> condition.value() instanceof SlotReading.Took);
    }

    private static List<SiteFilter> of(ProbePoint point, Function<Slot, SlotReading> reading) {
        return judgedBy(point).stream()
                .map(filter -> new SiteFilter(filter.conditions().stream()
                        .map(condition -> condition(condition, point, reading))
                        .toList()))
                .toList();
    }

    private static SiteCondition condition(Condition condition, ProbePoint point, Function<Slot, SlotReading> reading) {
        return new SiteCondition(
                reading.apply(new Slot(condition.value().source(), false)),
                condition.value().type(),
                point.isSigned(condition.value()),
                condition.comparison(),
                ((Condition.Literal.Number) condition.literal()).value());
    }
}
