package io.probeunit.internal.engine.stap;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.HostProcess.Signal;
import io.probeunit.internal.host.LastLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process that holds the probes of a session: from its start through its output to its end, and the clean-up after it.
 */
final class StapbpfProcess {

    /**
     * Run by sh(1); data are only arguments. The process writes its id itself, so the id is known whatever process dies
     * next. A reader that dies or a terminal that is closed must not end it by SIGPIPE or SIGHUP, because its uprobes
     * would stay. If setpriv(1) is installed, the kernel sends it SIGTERM when the JVM's thread that started it ends;
     * SIGTERM is an orderly stop.
     */
    private static final String LAUNCH =
            "echo $$ > \"$1\"; trap '' PIPE HUP; shift; if setpriv --pdeathsig TERM true 2>/dev/null; then exec setpriv --pdeathsig TERM \"$@\"; fi; exec \"$@\"";

    private static final Duration ORDERLY = Duration.ofSeconds(10);
    private static final Duration A_POINT = Duration.ofMillis(300);
    private static final Duration MISSED = Duration.ofSeconds(1);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final Duration DRAINED = Duration.ofSeconds(2);

    private final Host host;
    private final Host machine;
    private final SessionFolder folder;
    private final Nonce nonce;
    private final Duration orderly;
    private final LastLines stderr = new LastLines();
    private final CompletableFuture<HostProcess> started = new CompletableFuture<>();
    private final CompletableFuture<Listener> listener = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile OptionalInt exit = OptionalInt.empty();

    StapbpfProcess(Host host, Host machine, SessionFolder folder, Nonce nonce, int uprobes) {
        this.host = host;
        this.machine = machine;
        this.folder = folder;
        this.nonce = nonce;
        this.orderly = ORDERLY.plus(A_POINT.multipliedBy(uprobes));
    }

    /** Receives what the script prints, on the thread that reads it. */
    interface Listener {
        void record(String record);

        void ended();
    }

    /** Starts the process; the thread that does so lives as long as it, for the sake of the kernel's signal. */
    void start(Map<String, String> environment) {
        Command command = new Command(
                List.of("sh", "-c", LAUNCH, "sh", folder.pidFile(), "stapbpf", folder.object()),
                environment,
                folder.path());
        DaemonThread.start("probeunit-stap-output", () -> run(command));
    }

    /** Waits for the first record; false if the time is over or the process ended. */
    boolean awaitBegun(Duration timeout) throws InterruptedException {
        return begun.await(timeout.toNanos(), TimeUnit.NANOSECONDS) && exit.isEmpty();
    }

    void listen(Listener receiver) {
        if (!listener.complete(receiver)) {
            receiver.ended();
        }
    }

    boolean isAlive() {
        return process().filter(HostProcess::isAlive).isPresent();
    }

    /** Begins to end the process in order, and escalates on a separate thread. */
    void stop() {
        if (stopping.compareAndSet(false, true)) {
            // the reader of the output may wait for somebody who listens
            listener.complete(new Deaf());
            DaemonThread.start("probeunit-stap-stop", this::escalate);
        }
    }

    boolean awaitCleaned(Duration timeout) throws InterruptedException {
        return cleaned.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What the process said and how it ended, for messages. */
    String story() {
        String end = exit.isPresent() ? "stapbpf ended with status " + exit.getAsInt() : "stapbpf runs";
        return stderr.after(end) + (stderr.isEmpty() ? "." : "");
    }

    private void run(Command command) {
        HostProcess process;
        try {
            process = host.start(command);
        } catch (HostException e) {
            stderr.add(e.getMessage());
            started.completeExceptionally(e);
            finish(Optional.empty());
            return;
        }
        started.complete(process);
        DaemonThread.start("probeunit-stap-errors", () -> stderr.drain(process.errors()));
        try {
            read(new RecordReader(process.output(), nonce));
        } catch (IOException | RuntimeException e) {
            stderr.add("(reading its output failed: %s)".formatted(e));
            stop();
            discard(process.output());
        }
        finish(Optional.of(process));
    }

    private void read(RecordReader records) throws IOException {
        Optional<String> record = records.next();
        while (record.isPresent()) {
            if (record.get().equals(BpfScript.BEGIN)) {
                begun.countDown();
            } else if (record.get().equals(BpfScript.MIXED)) {
                stderr.add("(this version of SystemTap lays variables out in another way; use another engine)");
                stop();
            } else {
                listener.join().record(record.get());
            }
            record = records.next();
        }
    }

    /** It does not end while its output is not read. */
    private static void discard(InputStream output) {
        try {
            output.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // nothing is left to read
        }
    }

    private void finish(Optional<HostProcess> process) {
        try {
            exit = process.isPresent() ? end(process.get()) : OptionalInt.of(-1);
            stderr.awaitDrained(DRAINED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listener.thenAccept(Listener::ended);
            begun.countDown();
            cleanUp(process);
        }
    }

    private void cleanUp(Optional<HostProcess> process) {
        long pid = process.map(HostProcess::pid).orElse(0L);
        try {
            new StapLeftovers(host).clean(folder, pid);
        } catch (HostException e) {
            stderr.add("(cleaning up failed: %s)".formatted(e.getMessage()));
            cleanUpAfterHost(pid);
        } finally {
            listener.complete(new Deaf());
            cleaned.countDown();
        }
    }

    private void cleanUpAfterHost(long pid) {
        try {
            new StapLeftovers(machine).cleanAfter(host, folder, pid);
        } catch (HostException e) {
            stderr.add("(cleaning up from the host '%s' failed: %s)".formatted(machine.name(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OptionalInt end(HostProcess process) throws InterruptedException {
        OptionalInt status = process.await(orderly);
        if (status.isEmpty()) {
            process.send(Signal.KILL);
            status = process.await(AFTER_KILL);
        }
        return status;
    }

    /**
     * A single signal right after the start can be missed by stapbpf, which then ignores others of its kind. One of another
     * kind says the same once more, and does no harm where the first was heard.
     */
    private void escalate() {
        Optional<HostProcess> process = process();
        if (process.isEmpty()) {
            return;
        }
        Interrupts.orStop(() -> {
            List<Signal> signals = List.of(Signal.TERM, Signal.INT, Signal.KILL);
            List<Duration> patience = List.of(MISSED, orderly, AFTER_KILL);
            for (int i = 0; i < signals.size(); i++) {
                process.get().send(signals.get(i));
                if (process.get().await(patience.get(i)).isPresent()) {
                    return;
                }
            }
        });
    }

    private Optional<HostProcess> process() {
        return Interrupts.orElse(Optional.empty(), () -> {
            try {
                return Optional.of(started.get(ORDERLY.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException neverStarted) {
                return Optional.empty();
            }
        });
    }

    /** For a process that ended before anybody listened. */
    private static final class Deaf implements Listener {
        @Override
        public void record(String record) {
            // there is no reader
        }

        @Override
        public void ended() {
            // there is no reader
        }
    }
}
