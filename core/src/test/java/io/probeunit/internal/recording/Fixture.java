package io.probeunit.internal.recording;

import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.binary.Semaphore;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.RawFiring.Value;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.KernelIdentity;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.watch.TargetWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Short words for what tests of recordings need. */
public final class Fixture {

    public static final String SHOP = "/usr/local/bin/shop";

    private Fixture() {}

    public static SessionRecorder session(FakeEngine engine, String target, ProbePoint... points) {
        return session(engine, target, TargetWatch.none(), points);
    }

    public static SessionRecorder session(FakeEngine engine, String target, TargetWatch watch, ProbePoint... points) {
        return session(engine, target, watch, SemaphoreKeeper.none("nobody holds it"), points);
    }

    public static SessionRecorder session(
            FakeEngine engine, String target, TargetWatch watch, SemaphoreKeeper keeper, ProbePoint... points) {
        Target container = new Target(
                target,
                "0123456789ab",
                4711,
                99,
                "2026-01-01T00:00:00Z",
                new Cgroup("/docker/x", 5, CgroupLevels.exactly(2)),
                new BinarySelector.TargetDefault());
        return SessionRecorder.open(
                engine, new NoHost(), new SessionRequest(container, List.of(points), 100), watch, keeper);
    }

    public static ProbePoint function(String name, String... slots) {
        return function(SHOP, name, false, slots);
    }

    public static ProbePoint functionReturn(String name, String... slots) {
        return function(SHOP, name, true, slots);
    }

    public static ProbePoint function(String path, String name, boolean onReturn, String... slots) {
        return new ProbePoint.Function(name, onReturn, List.of(), file(path), slots(slots));
    }

    /** A mark whose arguments are unsigned and have eight bytes. */
    public static ProbePoint mark(String qualifiedName, String... slots) {
        return mark(qualifiedName, false, 8, slots);
    }

    public static ProbePoint mark(String qualifiedName, boolean signed, int size, String... slots) {
        int colon = qualifiedName.indexOf(':');
        Operand operand = new Operand(size, signed, new OperandLocation.Register(5, 0), "x");
        MarkSite site = new MarkSite(16, 16, Optional.empty(), List.of(operand, operand, operand));
        Mark mark = new Mark(qualifiedName.substring(0, colon), qualifiedName.substring(colon + 1), List.of(site));
        return new ProbePoint.UsdtMark(mark, file(SHOP), slots(slots));
    }

    /** A mark without arguments that is on only while a semaphore is held. */
    public static ProbePoint guardedMark(String qualifiedName, long semaphore) {
        int colon = qualifiedName.indexOf(':');
        MarkSite site = new MarkSite(16, 16, Optional.of(new Semaphore(semaphore, semaphore)), List.of());
        return new ProbePoint.UsdtMark(
                new Mark(qualifiedName.substring(0, colon), qualifiedName.substring(colon + 1), List.of(site)),
                file(SHOP),
                List.of());
    }

    public static ProbeRequest probeFunction(String name, String... captures) {
        return new ProbeRequest(
                new FunctionSpec(new NamePattern(name), false, new BinarySelector.TargetDefault(), Optional.empty()),
                captures(captures),
                "@ProbeFunction(\"%s\")".formatted(name));
    }

    public static ProbeRequest probeReturn(String name, String... captures) {
        return new ProbeRequest(
                new FunctionSpec(new NamePattern(name), true, new BinarySelector.TargetDefault(), Optional.empty()),
                captures(captures),
                "@ProbeFunction(value = \"%s\", onReturn = true)".formatted(name));
    }

    public static ProbeRequest probeMark(String name, String... captures) {
        return new ProbeRequest(
                MarkSpec.parse(name, new BinarySelector.TargetDefault(), Optional.empty()),
                captures(captures),
                "@ProbeMark(\"%s\")".formatted(name));
    }

    public static Expectation expect(ProbeRequest request, CountBounds bounds, String... where) {
        return new Expectation(filtered(request, where), bounds, Optional.empty());
    }

    public static Expectation expectWithin(ProbeRequest request, CountBounds bounds, Duration within, String... where) {
        return new Expectation(filtered(request, where), bounds, Optional.of(within));
    }

    public static CountBounds exactly(long times) {
        return CountBounds.of(times, -1, -1);
    }

    public static CountBounds atLeast(long times) {
        return CountBounds.of(-1, times, -1);
    }

    public static CountBounds atMost(long times) {
        return CountBounds.of(-1, -1, times);
    }

    public static Value number(long bits) {
        return new Value.Number(bits);
    }

    public static Value text(String text) {
        return new Value.Text(text, false);
    }

    public static Value cut(String text) {
        return new Value.Text(text, true);
    }

    /** What a plan asks for: the same points for a request with a filter as for the one without. */
    public static List<RecordedProbe> recorded(ProbePlan plan, RecordedProbe... probes) {
        return Stream.concat(
                        Stream.of(probes),
                        plan.requests().stream()
                                .flatMap(request -> Stream.of(probes)
                                        .filter(probe ->
                                                filtered(probe.request()).equals(filtered(request)))
                                        .map(probe -> new RecordedProbe(request, probe.recorder(), probe.points()))))
                .distinct()
                .toList();
    }

    /** The request with another filter. */
    private static ProbeRequest filtered(ProbeRequest request, String... where) {
        Filter filter = new Filter(Stream.of(where)
                .map(w -> Condition.parse(w, request.captures()))
                .toList());
        return new ProbeRequest(request.point(), request.captures(), filter, request.declaration());
    }

    private static List<Capture> captures(String... texts) {
        return Stream.of(texts).map(Capture::parse).toList();
    }

    private static List<Slot> slots(String... captures) {
        return captures(captures).stream()
                .map(c -> new Slot(c.source(), c.isString()))
                .distinct()
                .toList();
    }

    private static TargetFile file(String path) {
        return new TargetFile(path, "/host" + path, new FileIdentity(1, path.hashCode()));
    }

    /** The fake engine needs no host. */
    private static final class NoHost implements Host {
        @Override
        public Kernel calls() {
            throw new UnsupportedOperationException("calls");
        }

        @Override
        public String name() {
            return "none";
        }

        @Override
        public HostFiles files() {
            throw new UnsupportedOperationException();
        }

        @Override
        public HostProcess start(Command command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KernelIdentity kernel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nanos() {
            throw new UnsupportedOperationException();
        }
    }
}
