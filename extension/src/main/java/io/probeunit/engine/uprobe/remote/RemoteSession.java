package io.probeunit.engine.uprobe.remote;

import io.probeunit.engine.Barrier;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.FiringSink;
import io.probeunit.engine.Session;
import io.probeunit.engine.SessionRequest;
import java.time.Duration;
import java.util.Set;

/** A session of the built-in engine on another host. It ends with its agent. */
final class RemoteSession implements Session {

    private final AgentConnection agent;
    private final long number;
    private volatile boolean closed;

    private RemoteSession(AgentConnection agent, long number) {
        this.agent = agent;
        this.number = number;
    }

    static RemoteSession open(AgentConnection agent, SessionRequest request, FiringSink sink) {
        long number = agent.nextNumber();
        agent.listen(number, sink);
        try {
            agent.ask(new UprobeQuestion.Open(number, request));
            return new RemoteSession(agent, number);
        } catch (EngineException e) {
            agent.stopListening(number);
            throw e;
        }
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted) {
        return agent.ask(new UprobeQuestion.OpenWindow(number, wanted));
    }

    @Override
    public Barrier barrier() {
        return agent.ask(new UprobeQuestion.DrawBarrier(number));
    }

    @Override
    public boolean isAlive() {
        return !closed && agent.isAlive();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (agent.isAlive()) {
            agent.ask(new UprobeQuestion.Close(number));
        }
    }

    /** The kernel takes the probes of an agent away that has ended. */
    @Override
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean gone = !agent.isAlive() || agent.ask(new UprobeQuestion.AwaitClosed(number, timeout.toNanos()));
        if (gone) {
            agent.stopListening(number);
        }
        return gone;
    }
}
