package io.probeunit.internal.junit.run;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.PaddedSemaphores;
import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.perf.CpuSampler;
import io.probeunit.internal.engine.perf.PerfEngine;
import io.probeunit.internal.engine.perf.PerfSettings;
import io.probeunit.internal.engine.stap.StapEngine;
import io.probeunit.internal.engine.uprobe.BpfKernelWatch;
import io.probeunit.internal.engine.uprobe.LinkedSemaphores;
import io.probeunit.internal.engine.uprobe.UprobeEngine;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.LivingHost;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.container.ContainerHosts;
import io.probeunit.internal.host.helper.HelperHost;
import io.probeunit.internal.host.sidecar.Sidecar;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import io.probeunit.internal.inventory.ContainerMarks;
import io.probeunit.internal.junit.hosts.DockerContainers;
import io.probeunit.internal.junit.hosts.HostEngines;
import io.probeunit.internal.junit.hosts.ProbingFromInside;
import io.probeunit.internal.junit.hosts.ProbingHosts;
import io.probeunit.internal.junit.hosts.ResolvedPoints;
import io.probeunit.internal.junit.marks.ContainerInventory;
import io.probeunit.internal.junit.marks.Inventory;
import io.probeunit.internal.junit.sampling.ContainerSampling;
import io.probeunit.internal.junit.sampling.Sampling;
import io.probeunit.internal.junit.settings.ToolSettings;
import io.probeunit.internal.targets.ContainerStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Puts the real parts together, for each host. */
final class RealParts implements Parts {

    /** One for each way to make it, whatever else tests ask for; none is started before something is asked of it. */
    private final Map<SidecarSettings, HelperHost> sidecars = new ConcurrentHashMap<>();

    private final ContainerHosts containers = new ContainerHosts();

    /** One for each way to make hosts. */
    private final Map<ToolSettings, ProbingFromInside> inside = new ConcurrentHashMap<>();

    @Override
    public List<ProbeSettings.Host> hosts() {
        return List.of(ProbeSettings.Host.LOCAL, ProbeSettings.Host.SIDECAR);
    }

    /** It gives away nothing that the test's container has not, but only some containers can be it. */
    @Override
    public List<ProbeSettings.Host> hostsOnDemand() {
        return List.of(ProbeSettings.Host.CONTAINER);
    }

    @Override
    public ProbingHosts probing(ProbeSettings.Host setting, ToolSettings tools) {
        return switch (setting) {
            case SIDECAR -> sidecar(tools);
            case CONTAINER -> inside(tools);
            default -> local(tools);
        };
    }

    @Override
    public Inventory inventory() {
        return new ContainerInventory(new ContainerMarks());
    }

    @Override
    public Sampling sampling(ProbeSettings.Host setting, ToolSettings tools) {
        return setting == ProbeSettings.Host.SIDECAR
                ? sampling(sidecarOf(tools.sidecar().withTools()), tools.sidecarPerf())
                : sampling(new LocalHost(), tools.perf());
    }

    @Override
    public void close() {
        sidecars.values().forEach(HelperHost::close);
        inside.values().forEach(ProbingFromInside::close);
    }

    private static HostEngines local(ToolSettings tools) {
        Host host = new LocalHost();
        return hostEngines(
                host,
                List.of(
                        new StapEngine(host, tools.stap()),
                        new UprobeEngine(host, tools.attach()),
                        new PerfEngine(host, tools.perf())),
                tools);
    }

    /** The built-in engine needs our helper alone; an image with the tools of others is for who asks for them. */
    private HostEngines sidecar(ToolSettings tools) {
        Host host = sidecarOf(tools.sidecar());
        UprobeEngine builtIn = new UprobeEngine(host, tools.attach());
        return hostEngines(
                host,
                tools.sidecar().tools()
                        ? List.of(
                                builtIn,
                                new StapEngine(host, tools.sidecarStap()),
                                new PerfEngine(host, tools.sidecarPerf()))
                        : List.of(builtIn),
                tools);
    }

    private HelperHost sidecarOf(SidecarSettings settings) {
        return sidecars.computeIfAbsent(settings, Sidecar::host);
    }

    private static Sampling sampling(Host host, PerfSettings perf) {
        return new ContainerSampling(host, new CpuSampler(perf), new DockerContainers(host));
    }

    private ProbingHosts inside(ToolSettings tools) {
        return inside.computeIfAbsent(
                tools,
                key -> new ProbingFromInside(new ProbingFromInside.Factory() {
                    @Override
                    public LivingHost host(DockerContainer container, ContainerStatus status) {
                        return containers.in(container, status, key.container());
                    }

                    @Override
                    public HostEngines engines(LivingHost host) {
                        return hostEngines(
                                host,
                                List.of(
                                        new StapEngine(host, key.containerStap()),
                                        new UprobeEngine(host, key.attach())),
                                key);
                    }
                }));
    }

    private static HostEngines hostEngines(Host host, List<Engine> engines, ToolSettings tools) {
        return new HostEngines(
                host,
                engines,
                new PaddedSemaphores(new LinkedSemaphores(tools.attach())),
                new BpfKernelWatch(tools.attach()),
                new DockerContainers(host),
                new ResolvedPoints(new PointResolver(host)));
    }
}
