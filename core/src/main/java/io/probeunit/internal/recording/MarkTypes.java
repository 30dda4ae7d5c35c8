package io.probeunit.internal.recording;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.Expectation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds conditions that no value, or every value, of a mark's argument satisfies. The type of the argument comes from the
 * mark's ELF note, which is known only after the look-up; {@code Filter.check} refuses it for types that the condition gives.
 */
public final class MarkTypes {

    private MarkTypes() {}

    /**
     * Says which condition is decided by the note's type alone, at all sites of all marks.
     *
     * @param expectation what is expected
     * @param points what its probe was resolved to
     * @return a sentence; empty if no condition is
     */
    public static Optional<String> problem(Expectation expectation, List<ProbePoint> points) {
        return expectation.where().conditions().stream()
                .flatMap(condition -> problem(condition, points).stream())
                .findFirst();
    }

    private static Optional<String> problem(Condition condition, List<ProbePoint> points) {
        if (condition.value().type().isPresent()
                || !(condition.value().source() instanceof CaptureSource.Argument argument)) {
            return Optional.empty();
        }
        List<Operand> operands = points.stream()
                .filter(ProbePoint.UsdtMark.class::isInstance)
                .flatMap(p -> ((ProbePoint.UsdtMark) p).mark().sites().stream())
                .map(MarkSite::operands)
                .filter(all -> all.size() >= argument.number())
                .map(all -> all.get(argument.number() - 1))
                .toList();
        Set<Optional<Boolean>> outcomes = operands.stream()
                .map(o -> condition.decidedBy(Byte.SIZE * o.size(), o.signed()))
                .collect(Collectors.toSet());
        return outcomes.size() == 1
                ? outcomes.iterator().next().map(holds -> sentence(condition, operands.get(0), holds))
                : Optional.empty();
    }

    private static String sentence(Condition condition, Operand operand, boolean holds) {
        return "where = \"%s\" is true for %s value: the mark's note says that %s is %s number of %d bits. Compare with a value that it can have, or give the type, such as %3$s:s32 (PU0231)."
                .formatted(
                        condition.text(),
                        holds ? "every" : "no",
                        condition.value().key(),
                        operand.signed() ? "a signed" : "an unsigned",
                        Byte.SIZE * operand.size());
    }
}
