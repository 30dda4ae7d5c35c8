package io.probeunit.internal.engine.stap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the last lines that a tool wrote to its standard error, for messages. Thread-safe. */
final class StderrTail {

    private static final int LINES = 12;
    private static final long DRAIN_SECONDS = 2;

    private final Deque<String> lines = new ArrayDeque<>();
    private final CountDownLatch drained = new CountDownLatch(1);

    /** Reads to the end. */
    void drain(InputStream errors) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            reader.lines().forEach(this::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            add("(its errors could not be read: %s)".formatted(e.getMessage()));
        } finally {
            drained.countDown();
        }
    }

    /** Waits until the tool's last words have been read. */
    void awaitDrained() throws InterruptedException {
        drained.await(DRAIN_SECONDS, TimeUnit.SECONDS);
    }

    synchronized void add(String line) {
        if (!line.isBlank()) {
            lines.addLast(line.strip());
        }
        if (lines.size() > LINES) {
            lines.removeFirst();
        }
    }

    synchronized boolean isEmpty() {
        return lines.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return String.join(" / ", lines);
    }
}
