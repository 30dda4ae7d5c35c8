package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import java.util.IntSummaryStatistics;
import java.util.List;

/** Checks that a mark has the captured arguments at each of its sites. */
final class MarkArguments {

    private MarkArguments() {}

    /**
     * Checks all captures.
     *
     * @return what to know of them, in sentences
     * @throws ProbeException if one of them is not there, or cannot be read
     */
    static List<String> check(Mark mark, List<Capture> captures) {
        IntSummaryStatistics counts =
                mark.sites().stream().mapToInt(site -> site.operands().size()).summaryStatistics();
        captures.forEach(capture -> {
            if (capture.source() instanceof CaptureSource.Argument argument) {
                check(mark, argument, counts);
            }
        });
        return captures.isEmpty() || counts.getMin() == counts.getMax()
                ? List.of()
                : List.of(
                        "The %d sites of mark %s have different numbers of arguments, %d to %d: the meaning of %s may differ between them."
                                .formatted(
                                        counts.getCount(),
                                        mark.qualifiedName(),
                                        counts.getMin(),
                                        counts.getMax(),
                                        captures.get(0).key()));
    }

    private static void check(Mark mark, CaptureSource.Argument argument, IntSummaryStatistics counts) {
        if (argument.number() > counts.getMax()) {
            throw new ProbeException("%s does not exist: mark %s has %s (PU0728)"
                    .formatted(
                            argument.key(),
                            mark.qualifiedName(),
                            counts.getMax() == 0
                                    ? "no arguments."
                                    : counts.getMax() == 1
                                            ? "one argument, arg1."
                                            : "%d arguments, arg1 to arg%1$d.".formatted(counts.getMax())));
        }
        if (argument.number() > counts.getMin()) {
            throw new ProbeException(
                    "%s is not at all sites of mark %s (PU0730): its %d sites have %d to %d arguments, as their notes say. Capture arguments that all sites have, or give marks with other arguments another name."
                            .formatted(
                                    argument.key(),
                                    mark.qualifiedName(),
                                    counts.getCount(),
                                    counts.getMin(),
                                    counts.getMax()));
        }
        for (MarkSite site : mark.sites()) {
            Operand operand = site.operands().get(argument.number() - 1);
            if (operand.location() instanceof OperandLocation.Unsupported unsupported) {
                throw new ProbeException("%s of mark %s cannot be captured (PU0729): %s."
                        .formatted(argument.key(), mark.qualifiedName(), unsupported.reason()));
            }
        }
    }
}
