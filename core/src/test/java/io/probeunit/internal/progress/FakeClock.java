package io.probeunit.internal.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A fixture: time passes when a test says so, and alarms ring in it. */
public final class FakeClock implements Alarm {
    private final List<Runnable> stopped = new ArrayList<>();
    private final List<Ringing> set = new ArrayList<>();
    private long nanos;

    private static final class Ringing {
        private final Runnable action;
        private final long every;
        private long next;

        Ringing(Runnable action, long next, long every) {
            this.action = action;
            this.next = next;
            this.every = every;
        }
    }

    /** What says by this clock what takes long. */
    public Progress progress(Consumer<String> lines) {
        return Progress.to(lines, this, () -> nanos);
    }

    @Override
    public Runnable set(Duration first, Duration next, Runnable action) {
        Ringing ringing = new Ringing(action, nanos + first.toNanos(), next.toNanos());
        set.add(ringing);
        return () -> {
            set.remove(ringing);
            stopped.add(action);
        };
    }

    public void pass(Duration time) {
        long end = nanos + time.toNanos();
        for (Ringing ringing : List.copyOf(set)) {
            while (ringing.next <= end) {
                nanos = ringing.next;
                ringing.next += ringing.every;
                ringing.action.run();
            }
        }
        nanos = end;
    }

    /** As a thread does that was about to ring when the alarm was stopped. */
    void ringAll() {
        stopped.forEach(Runnable::run);
    }

    @Override
    public void close() {
        set.clear();
    }
}
