package io.probeunit.host.remote;

import io.probeunit.host.Command;
import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess;
import io.probeunit.host.NoSuchProgramException;
import io.probeunit.host.wire.WireClient;
import io.probeunit.host.wire.WireException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One agent while it lives, and the processes that it has started. Thread-safe. */
final class Connection implements WireClient.Listener<HostMessage>, AutoCloseable {

    /** An answer takes about a millisecond; this is for a machine that is far from idle. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Line line;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, RemoteProcess> processes = new ConcurrentHashMap<>();
    private final WireClient<HostMessage> wire;

    Connection(Line line) {
        this.line = line;
        this.wire = new WireClient<>(HostQuestion.class, HostMessage.class, line.output(), line.input(), this);
    }

    boolean isAlive() {
        return wire.isAlive();
    }

    <A> A ask(HostQuestion<A> question) {
        return ask(question, Duration.ZERO);
    }

    <A> A ask(HostQuestion<A> question, Duration work) {
        try {
            return wire.ask(question, PATIENCE.plus(work));
        } catch (WireException e) {
            throw new HostException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the agent itself has said no, rather than being gone. */
    static boolean isRefusal(HostException e) {
        return e.getCause() instanceof WireException cause && !cause.isEnded();
    }

    HostProcess start(Command command) {
        long number = numbers.incrementAndGet();
        RemoteProcess process = new RemoteProcess(this, number);
        // before it is started, since its output may come before the answer
        processes.put(number, process);
        try {
            process.startedAs(ask(new HostQuestion.Start(number, command))
                    .orElseThrow(() -> new NoSuchProgramException(
                            "Could not start '%s': there is no such program".formatted(command))));
            return process;
        } catch (HostException e) {
            processes.remove(number);
            throw e;
        }
    }

    @Override
    public void said(HostMessage message) {
        if (message instanceof HostMessage.Output output) {
            process(output.number()).ifPresent(p -> p.put(output.errors(), output.bytes()));
        } else if (message instanceof HostMessage.OutputEnd ended) {
            process(ended.number()).ifPresent(p -> p.end(ended.errors()));
        }
    }

    @Override
    public String ended() {
        processes.values().forEach(RemoteProcess::endStreams);
        return line.end();
    }

    @Override
    public void close() {
        if (wire.isAlive()) {
            wire.end();
        }
        line.close();
    }

    private Optional<RemoteProcess> process(long number) {
        return Optional.ofNullable(processes.get(number));
    }
}
