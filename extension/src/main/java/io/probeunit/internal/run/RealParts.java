package io.probeunit.internal.run;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.configuration.KnownEngines;
import io.probeunit.internal.configuration.ToolSettings;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.engine.Engines;
import io.probeunit.internal.engine.PaddedSemaphores;
import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.perf.CpuSampler;
import io.probeunit.internal.engine.perf.PerfSettings;
import io.probeunit.internal.engine.uprobe.AttachMode;
import io.probeunit.internal.engine.uprobe.BpfKernelWatch;
import io.probeunit.internal.engine.uprobe.LinkedSemaphores;
import io.probeunit.internal.engine.uprobe.UprobeKeys;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.host.LivingHost;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.container.ContainerHosts;
import io.probeunit.internal.host.helper.HelperHost;
import io.probeunit.internal.host.sidecar.Sidecar;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import io.probeunit.internal.hosts.DockerContainers;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.hosts.ProbingFromInside;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.hosts.ResolvedPoints;
import io.probeunit.internal.inventory.ContainerInventory;
import io.probeunit.internal.inventory.ContainerMarks;
import io.probeunit.internal.inventory.Inventory;
import io.probeunit.internal.progress.Progress;
import io.probeunit.internal.sampling.ContainerSampling;
import io.probeunit.internal.sampling.Sampling;
import io.probeunit.internal.targets.ContainerStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Puts the real parts together, for each host. */
final class RealParts implements Parts {

    /** One for each way to make it, whatever else tests ask for; none is started before something is asked of it. */
    private final Map<SidecarSettings, HelperHost> sidecars = new ConcurrentHashMap<>();

    private final Engines engines;

    private final ContainerHosts containers = new ContainerHosts();

    /** One for each way to make hosts. */
    private final Map<ToolSettings, ProbingFromInside> inside = new ConcurrentHashMap<>();

    private final Progress progress;

    RealParts(Engines engines, Progress progress) {
        this.engines = engines;
        this.progress = progress;
    }

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
    public Optional<String> reasonAgainst(EngineChoice engine, ProbeSettings.Host host) {
        return engines.named(engine).flatMap(provider -> provider.reasonAgainst(HostKind.valueOf(host.name())));
    }

    @Override
    public Sampling sampling(ProbeSettings.Host setting, ToolSettings tools) {
        return setting == ProbeSettings.Host.SIDECAR
                ? sampling(sidecarOf(tools.sidecar().withTools()), HostKind.SIDECAR, tools)
                : sampling(new LocalHost(), HostKind.LOCAL, tools);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public void close() {
        sidecars.values().forEach(HelperHost::close);
        inside.values().forEach(ProbingFromInside::close);
        progress.close();
    }

    private HostEngines local(ToolSettings tools) {
        return hostEngines(new LocalHost(), engines.on(HostKind.LOCAL), HostKind.LOCAL, tools);
    }

    /** An image with the tools of engines is for a test that asks for one of them. */
    private HostEngines sidecar(ToolSettings tools) {
        List<EngineProvider> possible = engines.on(HostKind.SIDECAR).stream()
                .filter(engine -> tools.sidecar().tools() || !engine.needsTools())
                .toList();
        return hostEngines(sidecarOf(tools.sidecar()), possible, HostKind.SIDECAR, tools);
    }

    private HelperHost sidecarOf(SidecarSettings settings) {
        return sidecars.computeIfAbsent(settings, key -> Sidecar.host(key, progress));
    }

    private static Sampling sampling(Host host, HostKind kind, ToolSettings tools) {
        return new ContainerSampling(
                host, new CpuSampler(PerfSettings.of(kind, tools.engines())), new DockerContainers(host));
    }

    private ProbingHosts inside(ToolSettings tools) {
        List<EngineProvider> possible = engines.on(HostKind.CONTAINER);
        return inside.computeIfAbsent(
                tools,
                key -> new ProbingFromInside(
                        possible.stream().map(EngineProvider::name).toList(), new ProbingFromInside.Factory() {
                            @Override
                            public LivingHost host(DockerContainer container, ContainerStatus status) {
                                return containers.in(container, status, key.container());
                            }

                            @Override
                            public HostEngines engines(LivingHost host) {
                                return hostEngines(host, possible, HostKind.CONTAINER, key);
                            }
                        }));
    }

    private static HostEngines hostEngines(
            Host host, List<EngineProvider> possible, HostKind kind, ToolSettings tools) {
        AttachMode attach = tools.engines().constant(UprobeKeys.ATTACH, AttachMode.class);
        return new HostEngines(
                host,
                possible.stream()
                        .sorted(KnownEngines.preferredOn(kind))
                        .map(engine -> engine.on(host, kind, tools.engines()))
                        .toList(),
                new PaddedSemaphores(new LinkedSemaphores(attach)),
                new BpfKernelWatch(attach),
                new DockerContainers(host),
                new ResolvedPoints(new PointResolver(host)));
    }
}
