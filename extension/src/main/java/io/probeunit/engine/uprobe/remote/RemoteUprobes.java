package io.probeunit.engine.uprobe.remote;

import io.probeunit.engine.Engine;
import io.probeunit.engine.FiringSink;
import io.probeunit.engine.Lookout;
import io.probeunit.engine.ProbePoint;
import io.probeunit.engine.Readiness;
import io.probeunit.engine.SemaphoreKeeper;
import io.probeunit.engine.Session;
import io.probeunit.engine.SessionRequest;
import io.probeunit.engine.uprobe.AttachMode;
import io.probeunit.host.Command;
import io.probeunit.host.Host;
import io.probeunit.target.Target;
import io.probeunit.target.TargetFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

/**
 * The built-in engine on a host that is not this JVM: a process of ours there, started once, arms, holds and looks. Thread-safe.
 *
 * <p>It keeps its own clock, that of the kernel whose firings it sees; counts and details of a window go by its barriers
 * alone.
 */
public final class RemoteUprobes implements Engine, SemaphoreKeeper, Lookout {

    private final Host host;
    private final Command agent;
    private Optional<AgentConnection> connection = Optional.empty();

    /**
     * Creates the engine; nothing is started yet.
     *
     * @param host where it works; there must be one engine for each host
     * @param java how {@link UprobeAgent} is started there
     * @param attach how programs are attached
     */
    public RemoteUprobes(Host host, Command java, AttachMode attach) {
        List<String> words = new ArrayList<>(java.words());
        words.add(attach.name());
        this.host = host;
        this.agent = new Command(words, java.environment(), java.folder());
    }

    @Override
    public String name() {
        return "uprobe";
    }

    @Override
    public Readiness readiness(Host where) {
        return connection().ask(new UprobeQuestion.Ready());
    }

    @Override
    public Optional<String> refusal(Host where, ProbePoint point) {
        return connection().ask(new UprobeQuestion.Refusal(point));
    }

    @Override
    public Optional<String> refusal(Host where, List<ProbePoint> points) {
        return connection().ask(new UprobeQuestion.RefusalTogether(points));
    }

    @Override
    public Session open(Host where, SessionRequest request, FiringSink sink) {
        return RemoteSession.open(connection(), request, sink);
    }

    @Override
    public Hold hold(Host where, TargetFile file, Set<Long> semaphores) {
        return held(number -> new UprobeQuestion.Hold(number, file, semaphores));
    }

    @Override
    public Hold mark(Host where, TargetFile file, int place) {
        return held(number -> new UprobeQuestion.Mark(number, file, place));
    }

    private Hold held(LongFunction<UprobeQuestion<Boolean>> question) {
        AgentConnection agent = connection();
        long number = agent.nextNumber();
        agent.ask(question.apply(number));
        return new RemoteHold(agent, number, new AtomicBoolean(true));
    }

    private record RemoteHold(AgentConnection agent, long number, AtomicBoolean held) implements Hold {
        @Override
        public void close() {
            letGo(false);
        }

        @Override
        public void closeNow() {
            letGo(true);
        }

        /** The kernel lets go where the agent has ended. */
        private void letGo(boolean now) {
            if (held.compareAndSet(true, false) && agent.isAlive()) {
                agent.ask(new UprobeQuestion.LetGo(number, now));
            }
        }
    }

    @Override
    public Watch watch(Host where, Target target, List<ProbePoint> points) {
        AgentConnection agent = connection();
        long number = agent.nextNumber();
        agent.ask(new UprobeQuestion.Look(number, target, points));
        return new Looking(agent, number, new AtomicBoolean(true));
    }

    private record Looking(AgentConnection agent, long number, AtomicBoolean open) implements Watch {
        @Override
        public Seen seen() {
            return agent.ask(new UprobeQuestion.Seen(number));
        }

        @Override
        public Mappings mapped() {
            return agent.ask(new UprobeQuestion.Mapped(number));
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false) && agent.isAlive()) {
                agent.ask(new UprobeQuestion.LookAway(number));
            }
        }
    }

    private synchronized AgentConnection connection() {
        if (connection.filter(AgentConnection::isAlive).isEmpty()) {
            connection = Optional.of(new AgentConnection(host.name(), host.start(agent)));
        }
        return connection.get();
    }
}
