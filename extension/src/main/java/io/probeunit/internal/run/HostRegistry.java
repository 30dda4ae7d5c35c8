package io.probeunit.internal.run;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.configuration.SnapshotSettings;
import io.probeunit.internal.configuration.ToolSettings;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.inventory.FiredSnapshots;
import io.probeunit.internal.inventory.Inventory;
import io.probeunit.internal.inventory.MarkSnapshots;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.sampling.Sampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives the engines of a host for some settings; the same objects for the same settings in a whole run. Thread-safe.
 */
public final class HostRegistry {

    private record Key(ProbeSettings.Host host, ToolSettings tools) {}

    private final Parts parts;
    private final Map<Key, ProbingHosts> made = new ConcurrentHashMap<>();
    private final Map<SnapshotSettings, MarkSnapshots> snapshots = new ConcurrentHashMap<>();
    private final Map<SnapshotSettings, FiredSnapshots> fired = new ConcurrentHashMap<>();
    private final Map<Key, Sampling> samplings = new ConcurrentHashMap<>();
    private Optional<Inventory> inventory = Optional.empty();

    HostRegistry(Parts parts) {
        this.parts = parts;
    }

    /**
     * Finds from where a test is probed: the host which is asked for, or of all.
     *
     * @throws PlanException if the engine that is asked for exists on none of them
     */
    public HostChoice<ProbingHosts> probing(Settings settings) {
        List<ProbeSettings.Host> hosts = hosts(settings.host());
        List<ProbingHosts> choices = hosts.stream()
                .map(host -> made.computeIfAbsent(
                        new Key(host, settings.tools()), key -> parts.probing(key.host(), key.tools())))
                .toList();
        List<ProbingHosts> able =
                choices.stream().filter(s -> s.hasEngine(settings.engine())).toList();
        if (able.isEmpty()) {
            List<String> there = choices.stream()
                    .flatMap(s -> s.engineNames().stream())
                    .distinct()
                    .toList();
            throw hosts.stream()
                    .flatMap(host -> parts
                            .reasonAgainst(settings.engine(), host)
                            .map(reason -> notThere(settings.engine(), host, reason, there))
                            .stream())
                    .findFirst()
                    .orElseGet(() -> notFound(settings.engine(), there));
        }
        return new HostChoice<>(able);
    }

    /** What reads the marks of binaries; the same for a whole run. */
    public synchronized Inventory inventory() {
        Inventory known = inventory.orElseGet(parts::inventory);
        inventory = Optional.of(known);
        return known;
    }

    /**
     * What samples containers, on the host that is asked for, or on each; the same for the same settings, for a whole run.
     * No container has what that needs: where probes are asked for from inside one, any other host will do.
     */
    public HostChoice<Sampling> sampling(Settings settings) {
        List<ProbeSettings.Host> hosts =
                parts.hostsOnDemand().contains(settings.host()) ? parts.hosts() : hosts(settings.host());
        return new HostChoice<>(hosts.stream()
                .map(host -> samplings.computeIfAbsent(
                        new Key(host, settings.tools()), key -> parts.sampling(key.host(), key.tools())))
                .toList());
    }

    /** What compares or writes snapshots; the same for the same settings, for a whole run. */
    public MarkSnapshots snapshots(SnapshotSettings settings) {
        return snapshots.computeIfAbsent(settings, s -> new MarkSnapshots(s.update(), s.folder()));
    }

    /** What reads or writes snapshots of what fired; the same for the same settings, for a whole run. */
    public FiredSnapshots fired(SnapshotSettings settings) {
        return fired.computeIfAbsent(settings, s -> new FiredSnapshots(s.update(), s.folder()));
    }

    private List<ProbeSettings.Host> hosts(ProbeSettings.Host asked) {
        return asked == ProbeSettings.Host.AUTO ? parts.hosts() : List.of(asked);
    }

    private static PlanException notThere(
            EngineChoice engine, ProbeSettings.Host host, String reason, List<String> there) {
        return new PlanException(
                "engine = %s (@ProbeSettings, or the parameter probeunit.engine) cannot be used on host %s (PU1027): %s. Use one of %s, or set another host."
                        .formatted(engine, host, reason, String.join(", ", there)));
    }

    private static PlanException notFound(EngineChoice engine, List<String> there) {
        return new PlanException(
                "engine = %s (@ProbeSettings, or the parameter probeunit.engine) is not on the class path of the tests (PU0302); engines that are: %s. Each engine has a module of its own, such as io.probeunit:probeunit-engine-uprobe. If archives are merged into one, their files META-INF/services/%s must be merged too."
                        .formatted(
                                engine,
                                there.isEmpty() ? "none" : String.join(", ", there),
                                EngineProvider.class.getName()));
    }
}
