package io.probeunit.engine.uprobe.remote;

import io.probeunit.engine.Details;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.FiringSink;
import io.probeunit.engine.Lookout;
import io.probeunit.engine.PaddedSemaphores;
import io.probeunit.engine.ProbePoint;
import io.probeunit.engine.RawFiring;
import io.probeunit.engine.Readiness;
import io.probeunit.engine.SemaphoreKeeper;
import io.probeunit.engine.Session;
import io.probeunit.engine.SessionRequest;
import io.probeunit.engine.uprobe.AttachMode;
import io.probeunit.engine.uprobe.KernelLookout;
import io.probeunit.engine.uprobe.LinkedSemaphores;
import io.probeunit.engine.uprobe.UprobeEngine;
import io.probeunit.host.Host;
import io.probeunit.host.wire.WireServer;
import io.probeunit.target.Target;
import io.probeunit.target.TargetFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The engine on its host, with what was opened for the other side. Thread-safe. */
final class ServedUprobes {

    private final Host host;
    private final UprobeEngine engine;
    private final SemaphoreKeeper semaphores;
    private final WireServer<ServedUprobes, UprobeMessage> wire;
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final Map<Long, SemaphoreKeeper.Hold> holds = new ConcurrentHashMap<>();
    private final Lookout lookout;
    private final Map<Long, Lookout.Watch> watches = new ConcurrentHashMap<>();

    ServedUprobes(Host host, AttachMode attach, WireServer<ServedUprobes, UprobeMessage> wire) {
        this.host = host;
        this.engine = new UprobeEngine(attach);
        this.semaphores = new PaddedSemaphores(new LinkedSemaphores(attach));
        this.lookout = new KernelLookout(attach);
        this.wire = wire;
    }

    Readiness readiness() {
        return engine.readiness(host);
    }

    Optional<String> refusal(ProbePoint point) {
        return engine.refusal(host, point);
    }

    Optional<String> refusal(List<ProbePoint> points) {
        return engine.refusal(host, points);
    }

    /** Details are heard at the next answer: nobody looks at them before a barrier. */
    void open(long number, SessionRequest request) {
        FiringSink sink = firing -> wire.say(new UprobeMessage.Fired(number, kept(firing, request)));
        sessions.put(number, engine.open(host, request, sink));
    }

    private static RawFiring kept(Details firing, SessionRequest request) {
        int slots = request.points().get(firing.point()).slots().size();
        return new RawFiring(
                firing.point(),
                firing.nanos(),
                firing.pid(),
                firing.tid(),
                firing.command(),
                IntStream.range(0, slots).mapToObj(firing::value).toList());
    }

    Session session(long number) {
        return Optional.ofNullable(sessions.get(number))
                .orElseThrow(() -> new EngineException("The session is closed."));
    }

    boolean awaitClosed(long number, long nanos) {
        try {
            boolean closed = session(number).awaitClosed(Duration.ofNanos(nanos));
            if (closed) {
                sessions.remove(number);
            }
            return closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void hold(long number, TargetFile file, Set<Long> offsets) {
        holds.put(number, semaphores.hold(host, file, offsets));
    }

    void mark(long number, TargetFile file, int place) {
        holds.put(number, semaphores.mark(host, file, place));
    }

    void letGo(long number, boolean now) {
        Optional.ofNullable(holds.remove(number))
                .ifPresent(now ? SemaphoreKeeper.Hold::closeNow : SemaphoreKeeper.Hold::close);
    }

    void look(long number, Target target, List<ProbePoint> points) {
        watches.put(number, lookout.watch(host, target, points));
    }

    Lookout.Seen seen(long number) {
        return watch(number).seen();
    }

    Lookout.Mappings mapped(long number) {
        return watch(number).mapped();
    }

    private Lookout.Watch watch(long number) {
        return Optional.ofNullable(watches.get(number))
                .orElseThrow(() -> new EngineException("The lookout is closed."));
    }

    void lookAway(long number) {
        Optional.ofNullable(watches.remove(number)).ifPresent(Lookout.Watch::close);
    }
}
