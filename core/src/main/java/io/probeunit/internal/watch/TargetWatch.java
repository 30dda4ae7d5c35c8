package io.probeunit.internal.watch;

import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Watches a target of a session: whether it is still the container that probes were armed for, and whether what its
 * processes run is what was probed. One window follows the other; a watch is asked by one thread at a time.
 */
@FunctionalInterface
public interface TargetWatch {

    /**
     * Begins to watch for a window, before its opening barrier: what is found now is how the window begins.
     *
     * @param points what the window wants
     * @return watches until the next window begins
     */
    WindowWatch begin(List<WatchedPoint> points);

    /** Watches during one window. */
    @FunctionalInterface
    interface WindowWatch {

        /**
         * Asked after each barrier that follows the opening one.
         *
         * @return what was found, when the window began and now
         */
        Findings look();
    }

    /**
     * A watch that sees nothing.
     *
     * @return never answers with anything
     */
    static TargetWatch none() {
        return points -> () -> Findings.NOTHING;
    }

    /**
     * A watch for a doubt about all points.
     *
     * @param doubt asked after each barrier; empty while all is well
     * @return finds this doubt alone
     */
    static TargetWatch of(Supplier<Optional<Doubt>> doubt) {
        return points -> () -> doubt.get().map(Findings::doubt).orElse(Findings.NOTHING);
    }

    /**
     * Several watches as one.
     *
     * @param watches asked in this order
     * @return finds what they find; one that fails is a doubt, and keeps no other from being asked
     */
    static TargetWatch all(List<TargetWatch> watches) {
        return points -> {
            List<WindowWatch> windowWatches =
                    watches.stream().map(watch -> begun(watch, points)).toList();
            return () -> windowWatches.stream().map(TargetWatch::found).reduce(Findings.NOTHING, Findings::and);
        };
    }

    private static WindowWatch begun(TargetWatch watch, List<WatchedPoint> points) {
        try {
            return watch.begin(points);
        } catch (RuntimeException e) {
            return () -> failed(e);
        }
    }

    private static Findings found(WindowWatch windowWatch) {
        try {
            return windowWatch.look();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private static Findings failed(RuntimeException e) {
        return Findings.doubt(Doubt.missed(
                "it is not known whether the processes run the probed code: %s".formatted(e.getMessage())));
    }
}
