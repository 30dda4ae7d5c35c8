package io.probeunit.internal.engine;

import io.probeunit.internal.host.Host;
import java.util.List;
import java.util.Optional;

/** A way to arm probes. Implementations keep no state of a session and are thread-safe. */
public interface Engine {

    /**
     * What the engine is called in settings and messages.
     *
     * @return for example {@code stap}
     */
    String name();

    /**
     * Finds out whether this engine can work on a host, by looking at what is there.
     *
     * @param host where its tools would run
     * @return ready, or all that is missing
     */
    Readiness readiness(Host host);

    /**
     * Says why this engine cannot serve one point.
     *
     * @param host where the tools would run
     * @param point a resolved probe point
     * @return empty if it can; else the reason, in a person's words
     */
    Optional<String> refusal(Host host, ProbePoint point);

    /**
     * Says why this engine cannot serve points together, though it could serve each of them.
     *
     * @param host where the tools would run
     * @param points what one session would have to arm, each once
     * @return empty if it can; else the reason, in a person's words
     */
    default Optional<String> refusal(Host host, List<ProbePoint> points) {
        return Optional.empty();
    }

    /**
     * Says what of a demand this engine serves worse than another may, though it can serve it. Where there is a choice, the
     * first engine is taken that has no such weakness.
     *
     * @param demand what is asked for
     * @return empty if there is nothing; else a sentence without its full stop
     */
    default Optional<String> weakness(Demand demand) {
        return Optional.empty();
    }

    /**
     * Arms probes. When this returns, every firing is counted.
     *
     * @param host where the tools run
     * @param request what to arm
     * @param sink receives the details of firings, on a thread of the session
     * @return the session, armed
     * @throws EngineException if the probes could not be armed; nothing is left behind
     */
    Session open(Host host, SessionRequest request, FiringSink sink);
}
