package io.probeunit.internal.run;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.configuration.ToolSettings;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.inventory.Inventory;
import io.probeunit.internal.progress.Progress;
import io.probeunit.internal.sampling.Sampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the parts together. */
public interface Parts extends AutoCloseable {

    /** The hosts that there are, those that {@code AUTO} prefers first. */
    List<ProbeSettings.Host> hosts();

    /** The hosts that {@code AUTO} never takes: they must be asked for. */
    default List<ProbeSettings.Host> hostsOnDemand() {
        return List.of();
    }

    /** Makes what there is on a host that is one of these. */
    ProbingHosts probing(ProbeSettings.Host host, ToolSettings tools);

    /** Why an engine that is asked for does not exist on a host, if there is a reason. */
    default Optional<String> reasonAgainst(EngineChoice engine, ProbeSettings.Host host) {
        return Optional.empty();
    }

    /** What reads the marks of binaries, whatever the host and without any engine. */
    Inventory inventory();

    /** What samples containers from a host that is one of {@link #hosts()}, whatever the engine of probes. */
    Sampling sampling(ProbeSettings.Host host, ToolSettings tools);

    /** The environment variables of this process, which tell of a CI system. */
    default Map<String, String> environment() {
        return System.getenv();
    }

    /** Says what takes long. */
    default Progress progress() {
        return Progress.silent();
    }

    /** Ends what was started for any host. */
    @Override
    default void close() {
        // nothing was started
    }
}
