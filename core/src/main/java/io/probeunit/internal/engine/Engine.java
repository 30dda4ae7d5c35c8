package io.probeunit.internal.engine;

import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.targets.Target;
import java.util.List;
import java.util.Optional;

/** A way to arm probes on one host. Implementations keep no state of a session and are thread-safe. */
public interface Engine {

    /**
     * What the engine is called in settings and messages.
     *
     * @return for example {@code stap}
     */
    String name();

    /**
     * The preflight: finds out whether this engine can work on its host, by looking at what is there.
     *
     * @return passed, or all that is missing
     */
    PreflightResult preflight();

    /**
     * Says why this engine cannot serve one point.
     *
     * @param point a resolved probe point
     * @return empty if it can; else the reason, in a person's words
     */
    Optional<String> refusal(ProbePoint point);

    /**
     * Says why this engine cannot serve points together, though it could serve each of them.
     *
     * @param points what one session would have to arm, each once
     * @return empty if it can; else the reason, in a person's words
     */
    default Optional<String> refusal(List<ProbePoint> points) {
        return Optional.empty();
    }

    /**
     * How many points one session can only count, without details, for a coverage.
     *
     * @return the ordinary limit of a glob, where each point costs time to arm and to remove
     */
    default int mostCovered() {
        return BinaryFile.DEFAULT_LIMIT;
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
     * Says why a failure shows no stacks where no annotation captures them.
     *
     * @return empty if the session copies those that {@link Session#openWindow(java.util.Set, java.util.Map)} is asked for; else
     *     a sentence without its full stop
     */
    default Optional<String> lackOfStacks() {
        return Optional.of("engine %s copies no stacks; engine UPROBE does".formatted(name()));
    }

    /**
     * Says why this engine cannot count a container from its first instruction on.
     *
     * @return empty if it can arm a target that was {@linkplain Target#created created} and not started yet; else the
     *     reason, in a person's words
     */
    default Optional<String> refusalBeforeStart() {
        return Optional.of(
                "it recognises the tasks of a container by its cgroup, which must exist when it arms; before the start there is none (PU1702)");
    }

    /**
     * Arms probes. When this returns, every firing is counted.
     *
     * @param request what to arm
     * @param sink receives the details of firings, on a thread of the session
     * @return the session, armed
     * @throws EngineException if the probes could not be armed; nothing is left behind
     */
    Session open(SessionRequest request, FiringSink sink);
}
