package io.probeunit.internal.cli;

import io.probeunit.Firing;
import io.probeunit.internal.concurrent.Interrupts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks again and again, until the time is over, somebody ends it, or the container has ended. */
final class Watching {

    private final Duration pause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Set<Firing> known = new HashSet<>();

    /**
     * Prepares to look.
     *
     * @param pause between two looks
     */
    Watching(Duration pause) {
        this.pause = pause;
    }

    /** Ends it soon; from any thread. */
    void stop() {
        stop.countDown();
    }

    /**
     * Looks.
     *
     * @param time how long; empty to go on until it is ended
     */
    void run(Live live, Optional<Duration> time, WatchOutput output) {
        long began = System.nanoTime();
        output.begin(live);
        while (!over(began, time) && live.isRunning()) {
            Live.Look look = live.look();
            output.next(look, fresh(look));
        }
        Live.Look last = live.end();
        output.end(last, fresh(last));
    }

    /** Waits for the next look; true if there is none. */
    private boolean over(long began, Optional<Duration> time) {
        Duration left =
                time.map(all -> all.minusNanos(System.nanoTime() - began)).orElse(pause);
        Duration wait = left.compareTo(pause) < 0 ? left : pause;
        boolean stopped = Interrupts.orElse(true, () -> stop.await(wait.toNanos(), TimeUnit.NANOSECONDS));
        return stopped
                || time.filter(all -> System.nanoTime() - began >= all.toNanos())
                        .isPresent();
    }

    private List<Firing> fresh(Live.Look look) {
        return look.firings().stream().filter(known::add).toList();
    }
}
