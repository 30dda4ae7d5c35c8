package io.probeunit.conformance.bench;

import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.truth.TruthContainer;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.stap.StapEngine;
import io.probeunit.internal.engine.stap.StapSettings;
import io.probeunit.internal.engine.uprobe.AttachMode;
import io.probeunit.internal.engine.uprobe.UprobeEngine;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerState;

/** What all rows work with: a container with the truth program, our engines on it, and the tools. */
final class Bench {

    /** Has a thousand functions {@code many_000} to {@code many_999} beside those of the other builds. */
    static final String MANY = "/opt/truth/bin/truth-many";

    /** How many firings have details: all. */
    static final int ALL = 100_000_000;

    private static final Duration CLOSING = Duration.ofMinutes(2);

    private final Host host;
    private final ContainerState container;
    private final Target target;
    private final int rounds;

    Bench(ContainerState container, int rounds) {
        this(container, rounds, new LocalHost());
    }

    private Bench(ContainerState container, int rounds, Host host) {
        this.host = host;
        this.container = container;
        this.rounds = rounds;
        this.target = new TargetResolver(host)
                .resolve("truth", DockerContainer.of(container).orElseThrow(), new BinarySelector.TargetDefault());
    }

    /** The same container, probed from another host. */
    Bench from(Host other) {
        return new Bench(container, rounds, other);
    }

    Host host() {
        return host;
    }

    Target target() {
        return target;
    }

    ContainerState container() {
        return container;
    }

    /** The connection of the container that this JVM has started. */
    io.probeunit.conformance.truth.Truth truth() {
        return ((TruthContainer) container).truth();
    }

    int rounds() {
        return rounds;
    }

    Engine uprobe() {
        return new UprobeEngine(host, AttachMode.AUTO);
    }

    Engine stap() {
        return new StapEngine(
                host,
                host,
                new StapSettings("probeunit.stap", "stap", EngineUnderTest.stapEnvironment(), Duration.ofSeconds(60)));
    }

    static ProbeRequest function(String name, String... captures) {
        return new ProbeRequest(
                new FunctionSpec(new NamePattern(name), false, new BinarySelector.TargetDefault(), Optional.empty()),
                Stream.of(captures).map(Capture::parse).toList(),
                "bench " + name);
    }

    /** Reads the binary anew. */
    List<ProbePoint> points(ProbeRequest request) {
        return new PointResolver(host).resolve(target, request).points();
    }

    /** All functions that a glob matches; reads the binary anew. */
    List<ProbePoint> cover(String glob) {
        return new PointResolver(host).cover(target, function(glob)).points();
    }

    ProbePoint.Function point(String name, String... captures) {
        return (ProbePoint.Function) points(function(name, captures)).get(0);
    }

    Session open(Engine engine, List<ProbePoint> points, int details, FiringSink sink) {
        Session session = engine.open(new SessionRequest(target, points, details), sink);
        session.openWindow(IntStream.range(0, points.size()).boxed().collect(Collectors.toSet()));
        return session;
    }

    /** Takes the probes away and waits for it, so that the next to be measured has none. */
    static void close(Session session) throws InterruptedException {
        session.close();
        if (!session.awaitClosed(CLOSING)) {
            throw new IllegalStateException("A session does not end");
        }
    }

    /** Nanoseconds of CPU time that a call takes, whatever else the machine does meanwhile. */
    double nanosACall(String loop, long calls) {
        long before = cpuNanos();
        long made = truth().call(loop, calls);
        if (made != calls) {
            throw new IllegalStateException("%d calls of %s, not %d".formatted(made, loop, calls));
        }
        return (cpuNanos() - before) / (double) calls;
    }

    /** CPU time of all threads of the container's process, in user space and in the kernel. */
    private long cpuNanos() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(target.pid()), "task"))) {
            return tasks.mapToLong(Bench::cpuNanos).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cpuNanos(Path task) {
        try {
            return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
