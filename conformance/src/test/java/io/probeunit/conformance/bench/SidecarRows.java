package io.probeunit.conformance.bench;

import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.internal.host.helper.HelperHost;
import io.probeunit.internal.host.sidecar.Sidecar;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.MountableFile;

/** What a test from the sidecar takes longer than the same from this machine. */
final class SidecarRows {

    private static final String UNIT = "ms";
    private static final String LOCAL = "host LOCAL";
    private static final String PREFIX = "armed after nanoseconds: ";
    private static final String LIBRARY = "/tmp/libjvm.so";

    private final Bench bench;

    SidecarRows(Bench bench) {
        this.bench = bench;
    }

    /** The container is there and the JVM has spoken with the daemon, as when Testcontainers has started it. */
    static class FirstTest {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        private static long started;

        @BeforeAll
        static void start() {
            container.getCurrentContainerInfo();
            started = System.nanoTime();
        }

        @Test
        @ProbeFunction("alpha")
        void test() {
            System.out.println(PREFIX + (System.nanoTime() - started));
        }
    }

    Figure windows() throws Exception {
        try (HelperHost sidecar = Sidecar.host(SidecarSettings.defaults(), Progress.silent())) {
            Bench far = bench.from(sidecar);
            WindowRows there = new WindowRows(far);
            WindowRows here = new WindowRows(bench);
            return Figure.paired(
                    "sidecar: open and close a window of 10 points, p50, uprobe engine",
                    UNIT,
                    () -> Numbers.median(there.millis(far.uprobe())),
                    LOCAL,
                    () -> Numbers.median(here.millis(bench.uprobe())),
                    Goal.none(),
                    bench.rounds());
        }
    }

    Figure firstTest() throws Exception {
        toFirstWindow("sidecar");
        return Figure.paired(
                "sidecar: first test of a JVM, container started to window open, uprobe engine",
                UNIT,
                () -> toFirstWindow("sidecar"),
                LOCAL,
                () -> toFirstWindow("local"),
                Goal.ratio(1.3),
                bench.rounds());
    }

    /** A library with some ten thousand functions, read anew each time. */
    Figure names() throws Exception {
        Path library = Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so");
        bench.container().copyFileToContainer(MountableFile.forHostPath(library), LIBRARY);
        ProbeRequest request = new ProbeRequest(
                new FunctionSpec(
                        new NamePattern("G1*::work"),
                        false,
                        new BinarySelector.AbsolutePath(LIBRARY),
                        Optional.empty()),
                List.of(),
                "bench names");
        try (HelperHost sidecar = Sidecar.host(SidecarSettings.defaults(), Progress.silent())) {
            Bench there = bench.from(sidecar);
            toNames(there, request);
            toNames(bench, request);
            return Figure.paired(
                    "sidecar: a glob in a library of %d MB that was not read before"
                            .formatted(library.toFile().length() / 1_000_000),
                    UNIT,
                    () -> toNames(there, request),
                    LOCAL,
                    () -> toNames(bench, request),
                    Goal.none(),
                    bench.rounds());
        }
    }

    private static double toNames(Bench bench, ProbeRequest request) {
        long start = System.nanoTime();
        if (bench.points(request).isEmpty()) {
            throw new IllegalStateException("No names");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private double toFirstWindow(String host) {
        try (ChildJvm.Running jvm = ChildJvm.of(FirstTest.class)
                .watching(bench.container().getContainerId())
                .property("build.conformance.engine", "uprobe")
                .property("build.conformance.host", host)
                .start()) {
            jvm.outcomes().assertSucceeded(1);
            return jvm.output()
                            .lines()
                            .filter(line -> line.startsWith(PREFIX))
                            .mapToLong(line -> Long.parseLong(line.substring(PREFIX.length())))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException(jvm.output()))
                    / 1e6;
        }
    }
}
