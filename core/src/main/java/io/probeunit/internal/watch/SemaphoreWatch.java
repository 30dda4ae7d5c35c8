package io.probeunit.internal.watch;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Semaphore;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.CountersInMemory;
import io.probeunit.internal.targets.TargetFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Checks that guarded marks are on in the processes of the target: it reads their semaphores in memory when a window
 * begins and after each barrier.
 */
public final class SemaphoreWatch implements TargetWatch {

    private static final int MOST_NAMED = 3;

    private static final String CURE =
            "Link it with -Wl,-z,norelro or with GNU ld, or start the program before the window";

    private final Supplier<Look> looks;
    private final Supplier<OptionalLong> started;

    /** One look at the memory of the processes. */
    @FunctionalInterface
    public interface Look {

        /**
         * Which processes see a semaphore at 0.
         *
         * @param file that the processes have mapped
         * @param semaphores of that file
         * @return as {@link CountersInMemory.Look#zeros} tells
         */
        List<String> zeros(TargetFile file, List<CountersInMemory.Counter> semaphores);
    }

    /**
     * Watches nothing yet.
     *
     * @param looks each looks at the processes as they are then
     * @param started how many programs were started in the target; empty if that is not known
     */
    public SemaphoreWatch(Supplier<Look> looks, Supplier<OptionalLong> started) {
        this.looks = looks;
        this.started = started;
    }

    @Override
    public WindowWatch begin(List<WatchedPoint> points) {
        List<WatchedPoint> guarded =
                points.stream().filter(p -> p.point().isGuarded()).toList();
        if (guarded.isEmpty()) {
            return () -> Findings.NOTHING;
        }
        OptionalLong before = started.get();
        Findings opening = Findings.doubts(zeros(guarded));
        return () ->
                opening.and(Findings.doubts(zeros(guarded))).and(Findings.doubts(startedMeanwhile(guarded, before)));
    }

    private Map<Integer, List<Doubt>> zeros(List<WatchedPoint> guarded) {
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        Look look = looks.get();
        guarded.forEach(point -> {
            List<String> processes = look.zeros(
                    point.point().file(),
                    semaphores(point).stream()
                            .map(s -> new CountersInMemory.Counter(s.address(), s.fileOffset()))
                            .toList());
            if (!processes.isEmpty()) {
                doubts.put(
                        point.index(),
                        processes.stream()
                                .limit(MOST_NAMED)
                                .map(process -> Doubt.missed(
                                        "the semaphore of mark %s is 0 in the memory of %s, which passes it without firing: the kernel has raised another copy of it, or none. Linkers such as lld and mold map its page twice. %s"
                                                .formatted(point.point().name(), process, CURE)))
                                .toList());
            }
        });
        return doubts;
    }

    /** A program that has started and ended in between was not seen. */
    private Map<Integer, List<Doubt>> startedMeanwhile(List<WatchedPoint> guarded, OptionalLong before) {
        OptionalLong now = started.get();
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        if (before.isPresent() && before.equals(now)) {
            return doubts;
        }
        guarded.stream()
                .filter(point -> semaphores(point).stream().anyMatch(Semaphore::mappedBefore))
                .forEach(point -> doubts.put(
                        point.index(),
                        List.of(Doubt.missed(
                                "%s maps the page with the semaphore of mark %s twice, as lld and mold lay it out: in a program that starts in the window the kernel raises the other copy, and it passes the mark without firing. %s"
                                        .formatted(
                                                point.point().file().path(),
                                                point.point().name(),
                                                CURE)))));
        return doubts;
    }

    private static List<Semaphore> semaphores(WatchedPoint point) {
        List<Semaphore> found = new ArrayList<>();
        if (point.point() instanceof ProbePoint.UsdtMark mark) {
            mark.mark().sites().stream().map(MarkSite::semaphore).forEach(s -> s.ifPresent(found::add));
        }
        return found;
    }
}
