package io.probeunit.internal.recording;

import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Of which firings of a window the stack is wanted: of the first ones where an annotation captures it, of those that are
 * more than an expectation allows, and of calls that take too long. So a test whose counts are right pays for none.
 *
 * @param quotas by point
 */
record WantedStacks(Map<PointView, StackQuota> quotas) {

    /** Where an annotation captures stacks. */
    static final int CAPTURED = 32;

    /** Where an upper bound is exceeded, or a call takes too long: as many as are shown. */
    private static final int TOO_MANY = 3;

    /** With conditions the firings that count may be later ones. */
    private static final int WITH_CONDITIONS = 8;

    WantedStacks {
        quotas = Map.copyOf(quotas);
    }

    static WantedStacks of(View view, List<Expectation> expectations) {
        Map<PointView, StackQuota> quotas = new HashMap<>();
        for (PointView point : view.points()) {
            if (point.requests().stream().flatMap(r -> r.captures().stream()).anyMatch(Capture::isStack)) {
                quotas.put(point, new StackQuota(0, CAPTURED));
            }
        }
        for (Expectation expectation : expectations) {
            StackQuota wanted = beyond(expectation).and(slow(expectation));
            view.pointsOf(expectation.probe()).forEach(point -> quotas.merge(point, wanted, StackQuota::and));
        }
        return new WantedStacks(quotas);
    }

    private static StackQuota beyond(Expectation expectation) {
        long most = expectation.bounds().atMost();
        if (most == CountBounds.UNLIMITED) {
            return StackQuota.NONE;
        }
        return expectation.where().isNone() ? new StackQuota(most, TOO_MANY) : new StackQuota(0, WITH_CONDITIONS);
    }

    private static StackQuota slow(Expectation expectation) {
        int count = expectation.where().isNone() ? TOO_MANY : WITH_CONDITIONS;
        return expectation
                .probe()
                .took()
                .map(limit -> new StackQuota(0, count, Optional.of(limit.violation())))
                .orElse(StackQuota.NONE);
    }

    /** By the index of the point in the session. */
    Map<Integer, StackQuota> in(SessionRecorder session) {
        return quotas.entrySet().stream()
                .filter(entry ->
                        entry.getKey().recorder() == session && entry.getValue().count() > 0)
                .collect(Collectors.toMap(entry -> entry.getKey().index(), Map.Entry::getValue));
    }
}
