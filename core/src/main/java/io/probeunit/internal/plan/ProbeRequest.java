package io.probeunit.internal.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One annotation's wish to record a probe point.
 *
 * @param point what to probe
 * @param captures the values to record, without doubles
 * @param where which firings count: conditions on captured values
 * @param took how long its calls may take
 * @param declaration the annotation as a person would recognise it in a message
 */
public record ProbeRequest(
        PointSpec point, List<Capture> captures, Filter where, Optional<Latency> took, String declaration) {

    /** Keeps a copy of the list. Refuses values that such a point does not have, and conditions that its types decide. */
    public ProbeRequest {
        captures = List.copyOf(captures);
        captures.forEach(c -> check(point, c));
        where.check();
    }

    /** A request without a limit of time. */
    public ProbeRequest(PointSpec point, List<Capture> captures, Filter where, String declaration) {
        this(point, captures, where, Optional.empty(), declaration);
    }

    /** A request without conditions. */
    public ProbeRequest(PointSpec point, List<Capture> captures, String declaration) {
        this(point, captures, Filter.NONE, declaration);
    }

    /**
     * The filters by which firings are going to be counted: {@link #where()}, and with a limit of time those that violate
     * it.
     *
     * @return filters with conditions
     */
    public List<Filter> filters() {
        return Stream.concat(Stream.of(where), took.map(limit -> where.and(limit.violation())).stream())
                .filter(filter -> !filter.isNone())
                .toList();
    }

    private static void check(PointSpec point, Capture capture) {
        boolean onReturn = point instanceof FunctionSpec function && function.onReturn();
        if (capture.source() instanceof CaptureSource.ReturnValue && !onReturn) {
            throw new PlanException((point instanceof FunctionSpec
                            ? "%s is captured at the entry of %s (PU0217); a return value exists only with onReturn = true."
                            : "%s is captured at %s, but marks return nothing (PU0218). Capture the mark's arguments, or the return of the function around it with @ProbeFunction and onReturn = true.")
                    .formatted(capture, point.describe()));
        }
        if (capture.source() instanceof CaptureSource.Took
                && (!onReturn || capture.type().isPresent())) {
            throw new PlanException(
                    onReturn
                            ? "%s has a type; took is a time in nanoseconds and needs none (PU0240).".formatted(capture)
                            : "%s is captured at %s; a call has a duration only at its return (PU0239). Write onReturn = true on a function."
                                    .formatted(capture, point.describe()));
        }
        if (capture.source() instanceof CaptureSource.Argument && onReturn) {
            throw new PlanException(
                    "%s is captured at the %s; its registers hold something else by then (PU0219). Capture arguments in an annotation without onReturn."
                            .formatted(capture, point.describe()));
        }
        if (capture.source() instanceof CaptureSource.Argument argument
                && point instanceof FunctionSpec
                && argument.number() > 6) {
            throw new PlanException("%s is captured at %s; the arguments in registers are arg1 to arg6 (PU0216)."
                    .formatted(capture, point.describe()));
        }
    }
}
