package io.probeunit.conformance.bench;

import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import io.probeunit.internal.watch.TargetWatch;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The memory that a window with many firings takes, in a JVM of its own. */
final class MemoryRow {

    private static final long FIRINGS = 10_000_000;
    private static final long AT_ONCE = 50_000;
    private static final String PREFIX = "megabytes=";

    private MemoryRow() {}

    static Figure measure(Bench bench) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx" + System.getProperty("build.bench.heap", "6g"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbuild.conformance.container=" + bench.container().getContainerId(),
                        MemoryRow.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = jvm.inputReader()) {
            List<String> lines = output.lines().toList();
            String result = lines.stream()
                    .filter(line -> line.startsWith(PREFIX))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(String.join("\n", lines)));
            String[] numbers = result.substring(PREFIX.length()).split(" ");
            return Figure.alone(
                            "memory for %d million firings with two integers, uprobe engine"
                                    .formatted(FIRINGS / 1_000_000),
                            "MB",
                            Double.parseDouble(numbers[0]) + Double.parseDouble(numbers[1]),
                            Goal.value(320),
                            1)
                    .with("heap %s MB, buffers %s MB".formatted(numbers[0], numbers[1]));
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** In the other JVM. */
    public static void main(String[] arguments) throws Exception {
        AttachedTruth container = new AttachedTruth();
        Bench bench = new Bench(container, 1);
        ProbeRequest request = Bench.function("alpha", "arg1", "arg2");
        List<ProbePoint> points = bench.points(request);
        double heapBefore = heap();
        SessionRecorder recorder = SessionRecorder.open(
                bench.uprobe(),
                bench.host(),
                new SessionRequest(bench.target(), points, Bench.ALL),
                TargetWatch.none(),
                SemaphoreKeeper.none("no mark is guarded here"));
        try (Truth truth = container.truth();
                ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(request), List.of()), List.of("truth"))) {
            window.open(List.of(new RecordedProbe(request, recorder, List.of(0))));
            for (long fired = 0; fired < FIRINGS; fired += AT_ONCE) {
                truth.call("alpha", AT_ONCE);
                // a barrier: so nothing is lost
                long count = window.recording().function("alpha").count();
                if (count != fired + AT_ONCE) {
                    throw new IllegalStateException(count + " firings");
                }
            }
            if (window.recording().loss().details() > 0) {
                throw new IllegalStateException(window.recording().loss().toString());
            }
            System.out.printf("%s%.0f %.0f%n", PREFIX, heap() - heapBefore, buffers());
        } finally {
            recorder.close();
            recorder.awaitClosed(Duration.ofMinutes(1));
        }
    }

    private static double heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    /** Buffers of Java's, and what is mapped of BPF maps; pages that are mapped twice count once. */
    private static double buffers() throws IOException {
        double pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        double maps = 0;
        boolean bpf = false;
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/smaps"))) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                    bpf = line.contains("bpf");
                } else if (bpf && line.startsWith("Pss:")) {
                    maps += 1024 * Double.parseDouble(line.replaceAll("\\D", ""));
                }
            }
        }
        return (pools + maps) / 1e6;
    }
}
