package io.probeunit.internal.recording;

import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one point of a window at one moment.
 *
 * @param fired firings since the window opened
 * @param lines details of them, a list that does not change
 * @param judged what the engine found out of those without details
 * @param running for how long the calls have run that began since then and have not returned, in nanoseconds; only of a
 *     return of which times are recorded
 * @param doubts all doubts about them
 */
record PointState(
        long fired, List<RawFiring> lines, Map<IntegerFilter, Judged> judged, List<Long> running, List<Doubt> doubts) {

    PointState {
        judged = Map.copyOf(judged);
        running = List.copyOf(running);
        doubts = List.copyOf(doubts);
    }

    long dropped() {
        return fired - lines.size();
    }

    /** By a filter; a firing that is under way may be among them, and not among the dropped ones yet. */
    Judged judged(IntegerFilter filter) {
        Judged known = judged.getOrDefault(filter, Judged.NONE);
        long all = Math.min(known.all(), dropped());
        return new Judged(all, Math.min(known.satisfied(), all));
    }

    /** The doubt that nothing more will be known, if the session is lost. */
    Optional<Doubt> lost() {
        return doubts.stream()
                .filter(doubt -> doubt.effect() == Doubt.Effect.SESSION_LOST)
                .findFirst();
    }

    PointState withDoubts(List<Doubt> first) {
        return first.isEmpty()
                ? this
                : new PointState(
                        fired,
                        lines,
                        judged,
                        running,
                        Stream.concat(first.stream(), doubts.stream())
                                .distinct()
                                .toList());
    }

    /** What came after an earlier moment of the same window. */
    PointState since(PointState before) {
        // lines are only ever added
        return new PointState(
                fired - before.fired,
                lines.subList(before.lines.size(), lines.size()),
                Judged.between(before.judged, judged),
                running,
                doubts);
    }
}
