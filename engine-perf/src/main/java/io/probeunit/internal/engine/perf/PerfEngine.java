package io.probeunit.internal.engine.perf;

import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.Demand;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.tracefs.EventGroup;
import io.probeunit.internal.tracefs.EventLeftovers;
import io.probeunit.internal.tracefs.Tracefs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Records with perf, whose events are uprobe events of the kernel's tracefs. Thread-safe. */
public final class PerfEngine implements Engine {

    static final String NAME = "perf";

    private final Host host;
    private final PerfSettings settings;
    private final AtomicBoolean swept = new AtomicBoolean();

    /**
     * Creates the engine; nothing is started yet.
     *
     * @param host where perf runs
     * @param settings how perf is called
     */
    public PerfEngine(Host host, PerfSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PreflightResult preflight() {
        return new PerfPreflight(host, settings).check();
    }

    @Override
    public Optional<String> refusal(ProbePoint point) {
        String path = point.file().hostPath();
        return !Tracefs.accepts(path)
                ? Optional.of(
                        "the kernel's uprobe events, which perf uses, cannot contain a path with a blank or '#' (PU1072): '%s'"
                                .formatted(path))
                : SlotReading.refusal(
                        point, () -> RegisterNames.of(host.kernel().machine()));
    }

    /** Samples of a point carry stacks always or never, and each is large. */
    @Override
    public Optional<String> lackOfStacks() {
        return Optional.of(
                "engine perf copies stacks only with capture = \"stack\"; engine UPROBE copies them without it");
    }

    /** It is taken where nothing else can be. */
    @Override
    public Optional<String> weakness(Demand demand) {
        return Optional.of("perf cannot judge a firing whose details it has dropped (PU1005)");
    }

    @Override
    public Session open(SessionRequest request, FiringSink sink) {
        request.points()
                .forEach(point -> refusal(point).ifPresent(reason -> {
                    throw new EngineException("perf cannot serve %s: %s.".formatted(point.name(), reason));
                }));
        Tracefs tracefs = Tracefs.of(host)
                .orElseThrow(() ->
                        new EngineException("There is no tracefs on the host '%s' (PU1110).".formatted(host.name())));
        EventLeftovers leftovers = new EventLeftovers(host, tracefs);
        return Interrupts.orThrow(
                e -> new EngineException("Interrupted while perf armed the probes (PU1115).", e), () -> {
                    if (swept.compareAndSet(false, true)) {
                        leftovers.sweep();
                    }
                    return arm(tracefs, leftovers, request, sink);
                });
    }

    private Session arm(Tracefs tracefs, EventLeftovers leftovers, SessionRequest request, FiringSink sink)
            throws InterruptedException {
        EventGroup group = EventGroup.create(host);
        List<UprobeEvent> events =
                UprobeEvent.of(request.points(), RegisterNames.of(host.kernel().machine()));
        Monitor monitor = new Monitor();
        PerfSession session;
        try {
            Map<Long, FiringDecoder> decoders = define(tracefs, group, events);
            session = new PerfSession(
                    host, request, decoders, monitor, sink, () -> Interrupts.orStop(() -> leftovers.clean(group)));
        } catch (RuntimeException e) {
            leftovers.clean(group);
            throw e;
        }
        boolean armed = false;
        try {
            List<String> names = events.stream().map(e -> group.event(e.name())).toList();
            List<String> sampled = events.stream()
                    .map(e -> e.copiesStack() ? RecordingTool.withStack(group.event(e.name())) : group.event(e.name()))
                    .toList();
            String cgroup = PerfCgroup.of(host, request.target());
            session.arm(
                    new RecordingTool(
                            host,
                            CountingTool.in(cgroup, RecordingTool.words(settings.command(), sampled)),
                            monitor,
                            session),
                    new CountingTool(
                            host, CountingTool.in(cgroup, CountingTool.words(settings.command(), names)), names),
                    settings.armTimeout());
            armed = true;
            return session;
        } finally {
            if (!armed) {
                session.close();
                session.awaitClosed(settings.armTimeout());
            }
        }
    }

    private static Map<Long, FiringDecoder> define(Tracefs tracefs, EventGroup group, List<UprobeEvent> events) {
        try {
            tracefs.define(events.stream().flatMap(e -> e.definitions(group)).toList());
        } catch (HostException e) {
            throw new EngineException(
                    "The kernel refused the uprobe events (PU1111): %s. It says: %s"
                            .formatted(e.getMessage(), tracefs.lastError()),
                    e);
        }
        Map<Long, FiringDecoder> decoders = new LinkedHashMap<>();
        for (UprobeEvent event : events) {
            Tracefs.Name name = new Tracefs.Name(group.name(), event.name());
            decoders.put(tracefs.id(name), new FiringDecoder(event, RecordFormat.parse(tracefs.format(name))));
        }
        return decoders;
    }
}
