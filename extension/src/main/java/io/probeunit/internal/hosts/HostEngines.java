package io.probeunit.internal.hosts;

import io.probeunit.internal.docker.DockerAccessException;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.LocalHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The engines and look-ups of one host, with one preflight for each engine. Thread-safe.
 */
public final class HostEngines implements ProbingHosts {

    private final Host host;
    private final List<Engine> engines;
    private final SemaphoreKeeper semaphores;
    private final KernelWatch kernelWatch;
    private final Containers containers;
    private final Points points;
    private final Map<Engine, PreflightResult> preflights = new ConcurrentHashMap<>();

    /**
     * Creates them.
     *
     * @param engines the preferred first
     * @param semaphores holds those of guarded marks, whatever the engine
     * @param kernelWatch sees what probes do not show, whatever the engine
     */
    public HostEngines(
            Host host,
            List<Engine> engines,
            SemaphoreKeeper semaphores,
            KernelWatch kernelWatch,
            Containers containers,
            Points points) {
        this.host = host;
        this.engines = List.copyOf(engines);
        this.semaphores = semaphores;
        this.kernelWatch = kernelWatch;
        this.containers = containers;
        this.points = points;
    }

    @Override
    public boolean hasEngine(EngineChoice choice) {
        return !engines(choice).isEmpty();
    }

    @Override
    public boolean isContainer(Object value) {
        return containers.isContainer(value);
    }

    @Override
    public Optional<HostEngines> common() {
        return Optional.of(this);
    }

    @Override
    public HostEngines at(String name, Object container) {
        return this;
    }

    public Host host() {
        return host;
    }

    @Override
    public String hostName() {
        return host.name();
    }

    public SemaphoreKeeper semaphores() {
        return semaphores;
    }

    public KernelWatch kernelWatch() {
        return kernelWatch;
    }

    public Containers containers() {
        return containers;
    }

    public Points points() {
        return points;
    }

    /** The engines that a test may take, the preferred first; none if the one named does not exist. */
    public List<Engine> engines(EngineChoice choice) {
        return engines.stream().filter(e -> choice.allows(e.name())).toList();
    }

    @Override
    public List<String> engineNames() {
        return engines.stream()
                .map(engine -> EngineChoice.of(engine.name()).toString())
                .toList();
    }

    public PreflightResult preflight(Engine engine) {
        PreflightResult result = preflights.computeIfAbsent(engine, e -> preflight(host, e::preflight));
        if (!result.lasts()) {
            preflights.remove(engine, result);
        }
        return result;
    }

    /**
     * A host that cannot be had is what everything on it lacks. This machine was there all the time: what failed on it, for
     * want of descriptors or memory, may work for the next test. Another host is not waited for twice.
     *
     * @throws EngineException or what else it failed with, if it was interrupted, which says nothing of the host
     */
    public static PreflightResult preflight(Host host, Supplier<PreflightResult> check) {
        try {
            return check.get();
        } catch (HostException | EngineException | DockerAccessException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            String story = "the host '%s' cannot be used: %s".formatted(host.name(), e.getMessage());
            String cure = e instanceof HostException unreached && unreached.wantsDescriptors()
                    ? "Set a higher limit of open files (ulimit -n), or close files that the tests leave open."
                    : "See docs/where-to-run.md for what each host needs.";
            return new PreflightResult.Failed(
                    List.of(new PreflightResult.Lack(story, cure)), !host.name().equals(LocalHost.NAME));
        }
    }
}
