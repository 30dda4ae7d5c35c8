package io.probeunit.internal.hosts;

import io.probeunit.internal.engine.EngineChoice;
import java.util.List;
import java.util.Optional;

/** The hosts from which the targets of a test are probed: one for all, or one for each. Thread-safe. */
public interface ProbingHosts extends HostChoice.OnHost {

    /** The name of the host, or of each host. */
    @Override
    String hostName();

    /** Whether there is an engine that a test may take. */
    boolean hasEngine(EngineChoice choice);

    /** The names of all engines, as settings write them. */
    List<String> engineNames();

    /** Says whether an object is a container of a kind that we know. */
    boolean isContainer(Object value);

    /** The engines for all targets, if they are the same. */
    Optional<HostEngines> common();

    /**
     * The engines for one target, as they are now.
     *
     * @param name of the target, for messages
     * @param container the test's object
     * @throws UnavailableException if there can be none
     * @throws io.probeunit.ProbeException if the container does not run
     */
    HostEngines at(String name, Object container);
}
