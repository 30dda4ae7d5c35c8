package io.probeunit.host.remote;

import io.probeunit.host.Command;
import io.probeunit.host.FifoWriter;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.HostProcess;
import io.probeunit.host.wire.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A host that serves another side: its open FIFOs and the processes that were started for that side. Thread-safe. */
final class ServedHost {

    private static final int CHUNK = 1 << 14;

    private final Host host;
    private final WireServer<ServedHost, HostMessage> wire;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, FifoWriter> fifos = new ConcurrentHashMap<>();
    private final Map<Long, Served> processes = new ConcurrentHashMap<>();

    ServedHost(Host host, WireServer<ServedHost, HostMessage> wire) {
        this.host = host;
        this.wire = wire;
    }

    /** A process, with what the other side does to it. */
    record Served(HostProcess process) {

        void put(byte[] bytes) {
            try {
                process.input().write(bytes);
                process.input().flush();
            } catch (IOException e) {
                throw new HostException("Process %d takes no input: %s".formatted(process.pid(), e.getMessage()), e);
            }
        }

        void endInput() {
            try {
                process.input().close();
            } catch (IOException readsNothing) {
                // it has closed the other end
            }
        }

        OptionalInt await(Duration timeout) {
            try {
                return process.await(timeout);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return OptionalInt.empty();
            }
        }
    }

    Host host() {
        return host;
    }

    HostFiles files() {
        return host.files();
    }

    long openFifo(String path) {
        long number = numbers.incrementAndGet();
        fifos.put(number, host.files().fifo(path));
        return number;
    }

    FifoWriter fifo(long number) {
        return Optional.ofNullable(fifos.get(number)).orElseThrow(() -> new HostException("no FIFO " + number));
    }

    Served process(long number) {
        return Optional.ofNullable(processes.get(number)).orElseThrow(() -> new HostException("no process " + number));
    }

    /**
     * The thread that starts a process lives as long as its output is open: the kernel can be asked to send a signal when the
     * thread that started a process ends, and then means that one.
     */
    long start(long number, Command command) {
        CompletableFuture<Long> started = new CompletableFuture<>();
        daemon("probeunit-process-" + number, () -> serve(number, command, started))
                .start();
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HostException reason) {
                throw reason;
            }
            throw new HostException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }

    private void serve(long number, Command command, CompletableFuture<Long> started) {
        HostProcess process;
        try {
            process = host.start(command);
            processes.put(number, new Served(process));
            daemon("probeunit-errors-" + number, () -> pass(number, true, process.errors()))
                    .start();
        } catch (RuntimeException | Error e) {
            // whatever it is: who asks waits for this thread
            started.completeExceptionally(e);
            return;
        }
        started.complete(process.pid());
        pass(number, false, process.output());
    }

    /** Ends what still runs, in order, and waits for it: a tool may have probes to take away. */
    void endProcesses(Duration patience) throws InterruptedException {
        processes.values().forEach(served -> {
            served.endInput();
            served.process().send(HostProcess.Signal.TERM);
        });
        long deadline = System.nanoTime() + patience.toNanos();
        for (Served served : processes.values()) {
            long left = deadline - System.nanoTime();
            if (served.process().await(Duration.ofNanos(Math.max(0, left))).isEmpty()) {
                served.process().send(HostProcess.Signal.KILL);
            }
        }
    }

    private void pass(long number, boolean errors, InputStream stream) {
        byte[] buffer = new byte[CHUNK];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                wire.say(new HostMessage.Output(number, errors, Arrays.copyOf(buffer, n)));
                wire.flush();
            }
        } catch (IOException ended) {
            // what was read is what there is
        } finally {
            wire.say(new HostMessage.OutputEnd(number, errors));
            wire.flush();
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
