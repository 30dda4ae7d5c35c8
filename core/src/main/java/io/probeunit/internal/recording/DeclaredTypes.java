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
import java.util.stream.Stream;

/**
 * Finds conditions that no value, or every value, of an argument satisfies. The type of the argument comes from the mark's ELF
 * note or the function's declaration, which are known only after the look-up; {@code Filter.check} refuses it for types that
 * the condition gives.
 */
public final class DeclaredTypes {

    private DeclaredTypes() {}

    /**
     * Says which condition is decided by the declared type alone, at all sites of all points.
     *
     * @param expectation what is expected
     * @param points what its probe was resolved to
     * @return a sentence; empty if no condition is
     */
    public static Optional<String> problem(Expectation expectation, List<ProbePoint> points) {
        return expectation.where().conditions().stream()
                .filter(condition -> condition.value().type().isEmpty())
                .flatMap(condition -> problem(condition, points).stream())
                .findFirst();
    }

    private static Optional<String> problem(Condition condition, List<ProbePoint> points) {
        List<Operand> operands = points.stream()
                .flatMap(point -> operands(condition.value().source(), point))
                .toList();
        Set<Optional<Boolean>> outcomes = operands.stream()
                .map(o -> condition.decidedBy(Byte.SIZE * o.size(), o.signed()))
                .collect(Collectors.toSet());
        boolean marks = points.stream().anyMatch(ProbePoint.UsdtMark.class::isInstance);
        return outcomes.size() == 1
                ? outcomes.iterator().next().map(holds -> sentence(condition, operands.get(0), holds, marks))
                : Optional.empty();
    }

    private static Stream<Operand> operands(CaptureSource source, ProbePoint point) {
        if (point instanceof ProbePoint.Function function) {
            return function.operand(source).stream();
        }
        return source instanceof CaptureSource.Argument argument
                ? ((ProbePoint.UsdtMark) point)
                        .mark().sites().stream()
                                .map(MarkSite::operands)
                                .filter(all -> all.size() >= argument.number())
                                .map(all -> all.get(argument.number() - 1))
                : Stream.empty();
    }

    private static String sentence(Condition condition, Operand operand, boolean holds, boolean mark) {
        return "where = \"%s\" is true for %s value: the %s says that %s is %s number of %d bits. Compare with a value that it can have, or give the type, such as %4$s:s32 (PU0231)."
                .formatted(
                        condition.text(),
                        holds ? "every" : "no",
                        mark ? "mark's note" : "debug information",
                        condition.value().key(),
                        operand.signed() ? "a signed" : "an unsigned",
                        Byte.SIZE * operand.size());
    }
}
