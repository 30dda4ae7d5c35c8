package io.probeunit.internal.progress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says what is being done and for how long, if it takes longer than two seconds: a line then, one every ten seconds, and
 * one at the end. Each is a whole line, so that a log reads like a terminal. Thread-safe.
 */
public final class Progress implements AutoCloseable {

    static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration NEXT = Duration.ofSeconds(10);

    private final Consumer<String> lines;
    private final Optional<Alarm> alarm;
    private final LongSupplier nanos;

    private Progress(Consumer<String> lines, Optional<Alarm> alarm, LongSupplier nanos) {
        this.lines = lines;
        this.alarm = alarm;
        this.nanos = nanos;
    }

    /**
     * Says nothing.
     *
     * @return does the work alone
     */
    public static Progress silent() {
        return new Progress(line -> {}, Optional.empty(), () -> 0);
    }

    /**
     * Says it to somebody.
     *
     * @param lines takes each line, on any thread
     * @return a thread of it exists once there is work
     */
    public static Progress to(Consumer<String> lines) {
        return to(lines, new DaemonAlarm(), System::nanoTime);
    }

    static Progress to(Consumer<String> lines, Alarm alarm, LongSupplier nanos) {
        return new Progress(lines, Optional.of(alarm), nanos);
    }

    /**
     * Says one thing, at once.
     *
     * @param text without the name of ProbeUnit
     */
    public void say(String text) {
        lines.accept("ProbeUnit: " + text);
    }

    /**
     * Does some work.
     *
     * @param what is done, and of how much, such as {@code arming 300 points in container shop}
     * @param work the work
     * @param <T> its result
     * @return its result
     */
    public <T> T during(String what, Supplier<T> work) {
        Work running = new Work(what, nanos.getAsLong());
        Runnable stop = alarm.map(a -> set(a, running)).orElse(() -> {});
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            stop.run();
            running.end(done);
        }
    }

    private static Runnable set(Alarm alarm, Work work) {
        try {
            return alarm.set(FIRST, NEXT, work::tell);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Says nothing more of what takes long. */
    @Override
    public void close() {
        alarm.ifPresent(Alarm::close);
    }

    /** One piece of work; its lines come from two threads. */
    private final class Work {
        private final String what;
        private final long began;
        private boolean told;
        private boolean ended;

        Work(String what, long began) {
            this.what = what;
            this.began = began;
        }

        synchronized void tell() {
            if (!ended) {
                told = true;
                say("%s: %d s so far".formatted(what, seconds()));
            }
        }

        synchronized void end(boolean done) {
            ended = true;
            if (told) {
                say("%s: %s after %d s".formatted(what, done ? "done" : "failed", seconds()));
            }
        }

        private long seconds() {
            return Duration.ofNanos(nanos.getAsLong() - began).toSeconds();
        }
    }
}
