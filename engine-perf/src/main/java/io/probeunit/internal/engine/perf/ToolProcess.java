package io.probeunit.internal.engine.perf;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.HostProcess.Signal;
import io.probeunit.internal.host.LastLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A perf process that takes commands on its standard input and writes to its standard output until a command ends it.
 *
 * <p>A separate thread starts it and reads its output; the process ends with this thread, if setpriv(1) is installed.
 */
final class ToolProcess {

    /** Run by sh(1), with data as arguments alone. */
    private static final String LAUNCH =
            "trap '' HUP; if setpriv --pdeathsig KILL true 2>/dev/null; then exec setpriv --pdeathsig KILL \"$@\"; fi; exec \"$@\"";

    /** The reading of counters is cut short by a comma, and numbers are written in many ways, unless told so. */
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C");

    private static final Duration ORDERLY = Duration.ofSeconds(20);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final String name;
    private final CompletableFuture<HostProcess> started = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final LastLines said = new LastLines();
    private volatile OptionalInt status = OptionalInt.empty();

    private ToolProcess(String name) {
        this.name = name;
    }

    /** Reads the output of a process, on a separate thread, until it ends. */
    @FunctionalInterface
    interface Reader {
        void read(InputStream output) throws IOException;
    }

    /**
     * Starts a process.
     *
     * @param name for messages and threads
     * @param words the program and its arguments
     * @param reader reads its output
     * @param whenEnded called when it has ended and all was read
     */
    static ToolProcess start(Host host, String name, List<String> words, Reader reader, Runnable whenEnded) {
        ToolProcess tool = new ToolProcess("%s on the host '%s'".formatted(name, host.name()));
        List<String> all = Stream.concat(Stream.of("sh", "-c", LAUNCH, "sh"), words.stream())
                .toList();
        Command command = new Command(all, ENVIRONMENT, "/");
        DaemonThread.start("probeunit-" + name, () -> tool.run(host, command, reader, whenEnded));
        return tool;
    }

    /**
     * Writes a line to its standard input.
     *
     * @throws EngineException if it has ended
     */
    void tell(String line) {
        try {
            OutputStream input = process().input();
            synchronized (input) {
                input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                input.flush();
            }
        } catch (IOException e) {
            throw new EngineException("%s takes no commands: %s".formatted(name, story()), e);
        }
    }

    boolean isAlive() {
        return ended.getCount() > 0;
    }

    /** Begins to end it in order, and ends it at once if it does not. */
    void stop() {
        DaemonThread.start("probeunit-perf-stop", this::escalate);
    }

    boolean awaitEnded(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What it said and how it ended, for messages. */
    String story() {
        String end = isAlive()
                ? name + " runs"
                : status.isPresent() ? "%s ended with status %d".formatted(name, status.getAsInt()) : name + " ended";
        return said.after(end);
    }

    private void run(Host host, Command command, Reader reader, Runnable whenEnded) {
        try {
            HostProcess process = host.start(command);
            started.complete(process);
            DaemonThread.start("probeunit-perf-errors", () -> said.drain(process.errors()));
            read(reader, process);
            status = end(process);
            said.awaitDrained(AFTER_KILL);
        } catch (RuntimeException | Error e) {
            // whatever it is: who talks to the tool waits for this thread
            said.add(String.valueOf(e.getMessage()));
            started.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
            whenEnded.run();
        }
    }

    private void read(Reader reader, HostProcess process) {
        try {
            reader.read(process.output());
        } catch (IOException | RuntimeException e) {
            said.add("(its output was not understood: %s)".formatted(e.getMessage()));
            process.send(Signal.KILL);
        }
    }

    private OptionalInt end(HostProcess process) throws InterruptedException {
        OptionalInt end = process.await(ORDERLY);
        if (end.isPresent()) {
            return end;
        }
        process.send(Signal.KILL);
        return process.await(AFTER_KILL);
    }

    private void escalate() {
        Interrupts.orStop(() -> {
            Optional<HostProcess> process = processIfStarted();
            if (process.isPresent()) {
                process.get().send(Signal.INT);
                if (!awaitEnded(ORDERLY)) {
                    process.get().send(Signal.KILL);
                }
            }
        });
    }

    private HostProcess process() {
        try {
            // an interrupted thread waits, which is short
            return started.join();
        } catch (CompletionException e) {
            throw new EngineException("%s could not be started (PU1114): %s".formatted(name, story()), e);
        }
    }

    private Optional<HostProcess> processIfStarted() throws InterruptedException {
        try {
            return Optional.of(started.get());
        } catch (ExecutionException neverStarted) {
            return Optional.empty();
        }
    }
}
