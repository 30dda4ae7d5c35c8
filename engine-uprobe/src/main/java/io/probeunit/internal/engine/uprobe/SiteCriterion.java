package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.engine.Criterion;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.plan.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A criterion as the program judges by it at one site.
 *
 * @param checks all of which must hold
 */
record SiteCriterion(List<Check> checks) {

    /** What one point is judged by at most: a firing without details pays for each. */
    static final int MOST = 16;

    SiteCriterion {
        checks = List.copyOf(checks);
    }

    /** The criteria of a point that the program judges by. */
    static List<Criterion> judgedBy(ProbePoint point) {
        return point.criteria().subList(0, Math.min(MOST, point.criteria().size()));
    }

    /** Of a function's entry or return. */
    static List<SiteCriterion> ofFunction(ProbePoint.Function function, PtRegs registers) {
        return of(function, slot -> SlotReading.ofFunction(function, slot, registers));
    }

    /** Of one site of a mark. */
    static List<SiteCriterion> ofMark(ProbePoint.UsdtMark mark, MarkSite site, PtRegs registers) {
        return of(mark, slot -> SlotReading.ofMark(slot, site, registers));
    }

    /** Whether no firing can satisfy it, whatever is read. */
    boolean neverHolds() {
        return checks.stream()
                .anyMatch(check -> !check.readsMemory() && check.decided().equals(Optional.of(false)));
    }

    boolean readsMemory() {
        return checks.stream().anyMatch(Check::readsMemory);
    }

    private static List<SiteCriterion> of(ProbePoint point, Function<Slot, SlotReading> reading) {
        return judgedBy(point).stream()
                .map(criterion -> new SiteCriterion(criterion.conditions().stream()
                        .map(condition -> check(condition, point, reading))
                        .toList()))
                .toList();
    }

    private static Check check(Condition condition, ProbePoint point, Function<Slot, SlotReading> reading) {
        return new Check(
                reading.apply(new Slot(condition.value().source(), false)),
                condition.value().type(),
                point.isSigned(condition.value()),
                condition.comparison(),
                ((Condition.Literal.Number) condition.literal()).value());
    }
}
