package io.probeunit.internal.junit.lifecycle;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.configuration.ToolSettings;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Resolved;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.KernelIdentity;
import io.probeunit.internal.hosts.Containers;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.hosts.Points;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.inventory.Inventory;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.progress.FakeClock;
import io.probeunit.internal.progress.Progress;
import io.probeunit.internal.run.Parts;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.sampling.Samples;
import io.probeunit.internal.sampling.Sampling;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.watch.TargetWatch;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.OutputDirectoryCreator;

/** All that a run reaches outside of the JVM, without any of it. */
public final class FakeMachine implements Parts {

    /** Makes a test class run on the machine that the run was started with. */
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Install.class)
    @interface Fake {}

    static final String PARAMETER = "test.machine";
    private static final Map<String, FakeMachine> ALL = new ConcurrentHashMap<>();
    private static final List<String> FUNCTIONS = List.of("f", "g", "h");
    private static final List<String> MARKS = List.of("m", "n");
    private static final String HOST_PATH = "/host/bin/fake";

    final String id = UUID.randomUUID().toString();

    /** Those of the host; the one binary that all containers have is among them. */
    private final FakeFiles files = new FakeFiles().file(HOST_PATH, "").identity(HOST_PATH, 1, 2);

    public final FakeEngine stap = new FakeEngine("stap");
    final FakeEngine uprobe = new FakeEngine("uprobe");
    final List<FakeEngine> engines = new ArrayList<>(List.of(stap));

    /** Those in the sidecar; there is none if these are none. */
    final List<FakeEngine> sidecarEngines = new ArrayList<>();

    /** What binaries carry, by what {@code binary} says; the main executable has marks of one provider. */
    final Map<String, List<Marks.Mark>> marks = new ConcurrentHashMap<>(Map.of(
            "the target's default binary",
            List.of(mark("p", "m", true, "s32", "u64"), mark("p", "n", false)),
            "/bin/two",
            List.of(mark("p", "m", false), mark("q", "o", false)),
            "/bin/none",
            List.of()));

    /** What there is to be said of every binary. */
    final List<String> warnings = new CopyOnWriteArrayList<>();

    volatile boolean elsewhere;

    /** Environment variables. */
    final Map<String, String> environment = new ConcurrentHashMap<>();

    /** Passes when a test says so. */
    final FakeClock clock = new FakeClock();

    /** What was said about the run. */
    final List<String> said = new CopyOnWriteArrayList<>();

    /** Hosts on which nothing can be sampled. */
    final Set<String> noPerf = ConcurrentHashMap.newKeySet();

    /** What samples tell at the end of a test. */
    volatile Function<List<SampledExpectation>, Samples> sampled = all -> Samples.unknown("nothing was said");

    /** What there is to be said of points without hits. */
    volatile Function<List<ProbePoint>, List<String>> hints = points -> List.of();

    /** How many containers are being sampled. */
    final AtomicInteger running = new AtomicInteger();

    volatile Duration turnTimeout = Duration.ofSeconds(20);

    public FakeMachine() {
        ALL.put(id, this);
        // no process is in any group
        files.file("/proc/self/mountinfo", "31 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    }

    @Override
    public Progress progress() {
        return clock.progress(said::add);
    }

    @Override
    public List<ProbeSettings.Host> hosts() {
        return sidecarEngines.isEmpty()
                ? List.of(ProbeSettings.Host.LOCAL)
                : List.of(ProbeSettings.Host.LOCAL, ProbeSettings.Host.SIDECAR);
    }

    @Override
    public HostEngines probing(ProbeSettings.Host host, ToolSettings tools) {
        return probing(host);
    }

    public HostEngines probing(ProbeSettings.Host host) {
        boolean local = host == ProbeSettings.Host.LOCAL;
        return new HostEngines(
                new NoHost(local ? "fake" : "fake sidecar", files),
                List.copyOf(local ? engines : sidecarEngines),
                SemaphoreKeeper.none("nobody holds it"),
                KernelWatch.none("nobody looks"),
                new FakeContainers(),
                new FakePoints());
    }

    @Override
    public Inventory inventory() {
        return new Inventory() {
            @Override
            public boolean isContainer(Object value) {
                return value instanceof FakeContainer;
            }

            @Override
            public Marks read(String target, Object container, BinarySelector binary) {
                return Optional.ofNullable(marks.get(binary.toString()))
                        .map(list -> new Marks(target, binary.toString(), list, warnings))
                        .orElseThrow(() -> new ProbeException("no file " + binary));
            }
        };
    }

    @Override
    public Sampling sampling(ProbeSettings.Host host, ToolSettings tools) {
        return new FakeSampling(host.name().toLowerCase(Locale.ROOT));
    }

    private final class FakeSampling implements Sampling {
        private final String host;

        FakeSampling(String host) {
            this.host = host;
        }

        @Override
        public String hostName() {
            return host;
        }

        @Override
        public Running start(DeclaredTarget declared, List<SampledExpectation> expectations) {
            if (noPerf.contains(host)) {
                throw new UnavailableException("no perf here");
            }
            if (expectations.stream()
                    .anyMatch(e -> !FUNCTIONS.contains(e.function().function().text()))) {
                throw new ProbeException("no such function");
            }
            running.incrementAndGet();
            return new Sampling.Running() {
                private final AtomicBoolean open = new AtomicBoolean(true);

                @Override
                public Samples end() {
                    return sampled.apply(expectations);
                }

                @Override
                public void close() {
                    if (open.getAndSet(false)) {
                        running.decrementAndGet();
                    }
                }
            };
        }
    }

    static Marks.Mark mark(String provider, String name, boolean guarded, String... arguments) {
        return new Marks.Mark(provider, name, List.of(List.of(arguments)), guarded);
    }

    private final class FakePoints implements Points {
        @Override
        public Resolved find(Target target, ProbeRequest request) {
            return points(target, request);
        }

        @Override
        public Resolved cover(Target target, ProbeRequest request) {
            return points(target, request);
        }

        @Override
        public String build(Target target, TargetFile file) {
            return "a build";
        }

        @Override
        public List<String> hints(Target target, List<ProbePoint> points) {
            return hints.apply(points);
        }
    }

    private Resolved points(Target target, ProbeRequest request) {
        List<Slot> slots = request.captures().stream()
                .map(c -> new Slot(c.source(), c.isString()))
                .toList();
        List<ProbePoint> points = request.point() instanceof FunctionSpec f
                ? functions(f, slots)
                : marks((MarkSpec) request.point(), slots);
        if (points.isEmpty()) {
            throw new ProbeException("%s: no %s in %s"
                    .formatted(request.declaration(), request.point().describe(), target.name()));
        }
        return new Resolved(points, List.of());
    }

    private List<ProbePoint> functions(FunctionSpec spec, List<Slot> slots) {
        return FUNCTIONS.stream()
                .filter(spec.function()::matches)
                .<ProbePoint>map(name -> new ProbePoint.Function(
                        name, spec.onReturn(), List.of(new FunctionSymbol(name, 1, 1, 1)), file(), slots))
                .toList();
    }

    private List<ProbePoint> marks(MarkSpec spec, List<Slot> slots) {
        return MARKS.stream()
                .filter(spec.name()::matches)
                .<ProbePoint>map(name -> new ProbePoint.UsdtMark(
                        new Mark("p", name, List.of(new MarkSite(1, 1, Optional.empty(), List.of()))), file(), slots))
                .toList();
    }

    private TargetFile file() {
        return new TargetFile("/bin/fake", HOST_PATH, files.identity(HOST_PATH).orElseThrow());
    }

    /** Changes the binary, as its size tells. */
    void rewrite(long size) {
        files.identity(HOST_PATH, new FileIdentity(1, 2, size, size, size));
    }

    static final class Install implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            FakeMachine machine =
                    ALL.get(context.getConfigurationParameter(PARAMETER).orElseThrow());
            TestRun.of(context, () -> new RunScope(machine, machine.turnTimeout, Duration.ofSeconds(5)));
        }
    }

    private final class FakeContainers implements Containers {
        @Override
        public boolean isContainer(Object value) {
            return value instanceof FakeContainer;
        }

        @Override
        public Target target(String name, Object container, BinarySelector defaultBinary) {
            FakeContainer fake = (FakeContainer) container;
            if (!fake.isRunning()) {
                throw new ProbeException("The container of target %s does not run".formatted(name));
            }
            if (elsewhere) {
                throw new ContainerOutOfReachException("on another machine");
            }
            return new Target(
                    name,
                    fake.id,
                    fake.pid(),
                    1,
                    "then",
                    new Cgroup("/docker/x", 7, CgroupLevels.exactly(2)),
                    defaultBinary);
        }

        @Override
        public boolean isSame(Target target) {
            return FakeContainer.of(target.containerId()).pid() == target.pid();
        }

        @Override
        public TargetWatch watch(Target target, Object container) {
            return TargetWatch.of(() -> isSame(target)
                    ? Optional.empty()
                    : Optional.of(Doubt.missed("container %s was started again".formatted(target.name()))));
        }
    }

    private record NoHost(String name, FakeFiles files) implements Host {
        @Override
        public Kernel calls() {
            throw new UnsupportedOperationException("calls");
        }

        @Override
        public Optional<String> helper() {
            return Optional.of("a fake container").filter(helper -> !name.equals("fake"));
        }

        @Override
        public HostProcess start(Command command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KernelIdentity kernel() {
            return new KernelIdentity("6", "x86_64", "boot");
        }

        @Override
        public long nanos() {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    /** How many sessions are armed now. */
    long alive() {
        return engines.stream()
                .flatMap(e -> e.opened.stream())
                .filter(s -> !s.closed)
                .count();
    }

    /** Runs test classes on this machine. */
    Run run(Class<?>... tests) {
        return run(Map.of(), tests);
    }

    /** Without report files, for which the test kit has no place. */
    Run run(Map<String, String> parameters, Class<?>... tests) {
        return Run.of(with(parameters, Map.of("probeunit.report.files", "NONE")), tests);
    }

    /** One test of a class, without report files. */
    Run runMethod(Map<String, String> parameters, Class<?> test, String method) {
        return Run.of(with(parameters, Map.of("probeunit.report.files", "NONE")), test, method);
    }

    /** With report files. */
    Run run(OutputDirectoryCreator output, Map<String, String> parameters, Class<?>... tests) {
        return Run.of(output, with(parameters, Map.of()), tests);
    }

    private Map<String, String> with(Map<String, String> parameters, Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(parameters);
        all.put(PARAMETER, id);
        return all;
    }
}
