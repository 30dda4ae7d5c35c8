package io.probeunit.engine.uprobe.remote;

import io.probeunit.engine.EngineException;
import io.probeunit.engine.FiringSink;
import io.probeunit.engine.RawFiring;
import io.probeunit.host.HostProcess;
import io.probeunit.host.wire.LastWords;
import io.probeunit.host.wire.WireClient;
import io.probeunit.host.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One {@link UprobeAgent} while it runs, and what was opened in it. Thread-safe. */
final class AgentConnection implements WireClient.Listener<UprobeMessage> {

    /** As long as the engine itself may wait, and some more. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int CHUNK = 1 << 12;

    private final String host;
    private final LastWords errors = new LastWords();
    private final Thread drain;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, FiringSink> sinks = new ConcurrentHashMap<>();
    private final WireClient<UprobeMessage> wire;

    AgentConnection(String host, HostProcess process) {
        this.host = host;
        this.drain = new Thread(() -> drain(process.errors()), "probeunit-uprobe-errors");
        drain.setDaemon(true);
        drain.start();
        this.wire =
                new WireClient<>(UprobeQuestion.class, UprobeMessage.class, process.output(), process.input(), this);
    }

    boolean isAlive() {
        return wire.isAlive();
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** From before the session is opened, since details may come before the answer. */
    void listen(long session, FiringSink sink) {
        sinks.put(session, sink);
    }

    void stopListening(long session) {
        sinks.remove(session);
    }

    <A> A ask(UprobeQuestion<A> question) {
        try {
            return wire.ask(question, PATIENCE);
        } catch (WireException e) {
            throw new EngineException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void said(UprobeMessage message) {
        if (message instanceof UprobeMessage.Fired fired) {
            RawFiring firing = fired.firing();
            Optional.ofNullable(sinks.get(fired.session())).ifPresent(sink -> sink.accept(firing));
        }
    }

    @Override
    public String ended() {
        try {
            drain.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String words = errors.text();
        return "The built-in engine's process on the host '%s' has ended%s"
                .formatted(
                        host,
                        words.isEmpty() ? "; it was killed, or the host has gone." : ". Its last words: " + words);
    }

    private void drain(InputStream stream) {
        byte[] buffer = new byte[CHUNK];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                errors.add(Arrays.copyOf(buffer, n));
            }
        } catch (IOException ended) {
            // what was read is what there is
        }
    }
}
