package io.probeunit.internal.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The last lines that a program wrote to its standard error, for messages. Thread-safe. */
public final class LastLines {

    private static final int MOST = 12;

    private final Deque<String> lines = new ArrayDeque<>();
    private final CountDownLatch drained = new CountDownLatch(1);

    /**
     * Reads a stream to its end, and keeps its last lines.
     *
     * @param errors is closed
     */
    public void drain(InputStream errors) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            reader.lines().forEach(this::add);
        } catch (IOException | UncheckedIOException e) {
            add("(its errors could not be read: %s)".formatted(e.getMessage()));
        } finally {
            drained.countDown();
        }
    }

    /**
     * Waits until {@link #drain} has read all.
     *
     * @param timeout how long at most: a child of the program may keep the stream open
     * @return whether that is so
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean awaitDrained(Duration timeout) throws InterruptedException {
        return drained.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Adds a line, as if the program had written it.
     *
     * @param line ignored if blank
     */
    public synchronized void add(String line) {
        if (!line.isBlank()) {
            lines.addLast(line.strip());
        }
        if (lines.size() > MOST) {
            lines.removeFirst();
        }
    }

    /**
     * Adds the lines to what else is known of the program.
     *
     * @param state for example {@code perf ended with status 1}
     * @return a sentence without its full stop, or with the program's own last words at its end
     */
    public synchronized String after(String state) {
        return isEmpty()
                ? state + " and printed no errors"
                : "%s; it printed: %s".formatted(state, String.join(" / ", lines));
    }

    /**
     * Says whether there is any line.
     *
     * @return true if the program wrote nothing but blanks
     */
    public synchronized boolean isEmpty() {
        return lines.isEmpty();
    }
}
