package io.probeunit.conformance.plugin;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.tracefs.Tracefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small engine: uprobe events of the kernel, whose hits it reads from {@code uprobe_profile}
 * ({@code Documentation/trace/uprobetracer.rst}). It is for tests alone: it has no details, and no
 * filter, so it counts the calls of all containers that share the file, which an engine for users must not do.
 */
final class ProfileEngine implements Engine {

    private final Host host;
    private final Optional<String> tracefs;
    private final AtomicInteger sessions = new AtomicInteger();

    ProfileEngine(Host host, Optional<String> tracefs) {
        this.host = host;
        this.tracefs = tracefs;
    }

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public PreflightResult preflight() {
        return tracefs.<PreflightResult>map(folder -> new PreflightResult.Passed("uprobe_profile in " + folder))
                .orElseGet(() -> new PreflightResult.Failed(List.of(new PreflightResult.Lack(
                        "probeunit.profile.tracefs is not set", "Set it to the folder of tracefs."))));
    }

    @Override
    public Optional<String> refusal(ProbePoint point) {
        return point instanceof ProbePoint.Function function
                        && !function.onReturn()
                        && point.slots().isEmpty()
                ? Optional.empty()
                : Optional.of("it only counts calls of functions");
    }

    @Override
    public Session open(SessionRequest request, FiringSink sink) {
        Tracefs events = new Tracefs(host.files(), tracefs.orElseThrow());
        String group = "profile_%d_%d".formatted(ProcessHandle.current().pid(), sessions.incrementAndGet());
        List<String> definitions = new ArrayList<>();
        for (int i = 0; i < request.points().size(); i++) {
            for (FunctionSymbol symbol : ((ProbePoint.Function) request.points().get(i)).symbols()) {
                definitions.add("p:%s/e%d %s:0x%x"
                        .formatted(group, i, request.points().get(i).file().hostPath(), symbol.probeOffset()));
            }
        }
        try {
            events.define(definitions);
            ProfileSession session =
                    new ProfileSession(host, events, group, request.points().size());
            session.enable("1");
            return session;
        } catch (HostException e) {
            throw new EngineException("The kernel refused %s: %s".formatted(definitions, e.getMessage()), e);
        }
    }
}
