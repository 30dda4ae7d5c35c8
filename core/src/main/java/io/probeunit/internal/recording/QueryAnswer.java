package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a question as of one moment.
 *
 * @param filters the points asked about, each with its conditions
 * @param known what is known of them
 */
record QueryAnswer(List<PointFilter> filters, WindowState known) {

    QueryAnswer {
        filters = List.copyOf(filters);
    }

    Observation observation() {
        Observation all = Observation.NOTHING;
        for (PointFilter filter : filters) {
            all = filters.size() == 1 ? observation(filter) : all.plus(observation(filter));
        }
        return all;
    }

    /** The firings that satisfy the conditions for sure, in the order of time. */
    List<Firing> firings() {
        List<Line> passing = new ArrayList<>();
        for (PointFilter filter : filters) {
            for (RawFiring line : known.of(filter.point()).lines()) {
                if (filter.passes(line).orElse(false)) {
                    passing.add(new Line(filter.point(), line));
                }
            }
        }
        return passing.stream()
                .sorted(Comparator.comparingLong(one -> one.line().nanos()))
                .map(one -> one.point().firing(one.line(), known.zero()))
                .toList();
    }

    /** The same points without conditions. */
    QueryAnswer unfiltered() {
        return new QueryAnswer(
                filters.stream()
                        .map(f -> new PointFilter(f.point(), Filter.NONE))
                        .toList(),
                known);
    }

    /** Doubts that the sessions that are asked about are lost; mostly none. */
    List<Doubt> lost() {
        return filters.stream()
                .flatMap(f -> known.of(f.point()).lost().stream())
                .distinct()
                .toList();
    }

    private Observation observation(PointFilter filter) {
        PointState state = known.of(filter.point());
        if (filter.isNone()) {
            return Observation.unfiltered(state.fired(), state.dropped(), state.doubts());
        }
        long certain = 0;
        long undecided = 0;
        for (RawFiring line : state.lines()) {
            Optional<Boolean> passes = filter.passes(line);
            certain += passes.orElse(false) ? 1 : 0;
            undecided += passes.isEmpty() ? 1 : 0;
        }
        Judged judged = filter.onIntegers().map(state::judged).orElse(Judged.NONE);
        // the engine judged the integers alone: with conditions on text too, only its no is sure
        boolean whole = filter.onIntegers().map(c -> c.conditions().size()).orElse(0) == filter.conditions();
        return Observation.filtered(
                certain + (whole ? judged.satisfied() : 0),
                state.fired(),
                state.dropped(),
                whole ? judged.all() : judged.all() - judged.satisfied(),
                undecided,
                state.doubts());
    }

    private record Line(PointView point, RawFiring line) {}
}
