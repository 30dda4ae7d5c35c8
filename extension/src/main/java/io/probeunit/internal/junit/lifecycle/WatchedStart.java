package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.arming.ArmedStart;
import io.probeunit.internal.arming.StartProbes;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.docker.BeforeStart;
import io.probeunit.internal.docker.CreatedContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The starts of one container, from when it is known until its class or its test is over. Thread-safe. */
final class WatchedStart implements AutoCloseable {

    private final StartProbes probes;
    private final BeforeStart before;
    private final List<ArmedStart> armed = new ArrayList<>();
    private Optional<RuntimeException> trouble = Optional.empty();
    private boolean started;
    private boolean closed;

    /** Watches from now on, before the container is created. */
    WatchedStart(StartProbes probes, Object container) {
        this.probes = probes;
        this.before = BeforeStart.of(container, probes.name(), this::arm);
    }

    String target() {
        return probes.name();
    }

    /** What keeps probes from being armed must not keep the container from starting: it is told when that is over. */
    private synchronized void arm(CreatedContainer container) {
        if (closed) {
            return;
        }
        started = true;
        try {
            Interrupts.defer(() -> armed.add(probes.arm(container)));
        } catch (RuntimeException e) {
            trouble = Optional.of(e);
        }
    }

    /** Whether the container was started since it is watched. */
    synchronized boolean hasStarted() {
        return started;
    }

    /**
     * The starts since the last call.
     *
     * @throws RuntimeException why probes could not be armed before one
     */
    synchronized List<ArmedStart> ended() {
        trouble.ifPresent(reason -> {
            throw reason;
        });
        List<ArmedStart> ended = List.copyOf(armed);
        armed.clear();
        return ended;
    }

    @Override
    public synchronized void close() {
        closed = true;
        before.close();
        armed.forEach(ArmedStart::close);
        armed.clear();
    }
}
