package io.probeunit.conformance.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A tracing tool called by hand, as a process of this machine. It says {@link #BEGUN} on a line of its own once its probes
 * are in place.
 */
final class RawTool implements AutoCloseable {

    static final String BEGUN = "begun";

    private static final int KEPT = 10_000;
    private static final long PATIENCE = 300;

    private final Process process;
    private final long started;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicLong count = new AtomicLong();
    private final Thread reader;
    private volatile long begunAt;

    private RawTool(Process process, long started) {
        this.process = process;
        this.started = started;
        this.reader = new Thread(this::read, "output of raw tool " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it, and waits until its probes are in place. */
    static RawTool start(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        long started = System.nanoTime();
        RawTool tool = new RawTool(builder.start(), started);
        if (!tool.begun.await(PATIENCE, TimeUnit.SECONDS) || tool.begunAt == 0) {
            tool.close();
            throw new IllegalStateException("%s has not begun:%n%s".formatted(command, tool.output()));
        }
        return tool;
    }

    double millisToBegin() {
        return (begunAt - started) / 1e6;
    }

    /** Lines printed after the first. */
    long printed() {
        return count.get();
    }

    /** For tools that run a command that reads: ends that command. */
    String endInput() throws Exception {
        process.getOutputStream().close();
        return awaitEnd();
    }

    /** Sends SIGINT, as a person does. */
    String interrupt() throws Exception {
        kill("INT", process.pid());
        return awaitEnd();
    }

    /** The children as well: a signal in the first moments may not get to them. */
    String interruptAll() throws Exception {
        List<Long> children = process.descendants().map(ProcessHandle::pid).toList();
        kill("INT", process.pid());
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            for (long child : children) {
                kill("INT", child);
            }
        }
        return awaitEnd();
    }

    List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    String output() {
        return String.join("\n", lines);
    }

    private String awaitEnd() throws Exception {
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException("does not end: " + output());
        }
        reader.join(10_000);
        return output();
    }

    private static void kill(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                if (begunAt == 0 && line.equals(BEGUN)) {
                    begunAt = System.nanoTime();
                    begun.countDown();
                } else if (count.incrementAndGet() <= KEPT) {
                    lines.add(line);
                } else {
                    lines.poll();
                    lines.add(line);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output ends: %s)".formatted(e.getMessage()));
        } finally {
            begun.countDown();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
