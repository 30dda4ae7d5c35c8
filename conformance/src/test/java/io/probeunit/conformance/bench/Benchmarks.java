package io.probeunit.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * All benchmarks; {@code ./mvnw -Plab,bench verify} runs them.
 *
 * <p>Fails where something could not be measured, and never because of a figure. {@code -Dbuild.bench.rows=REGEX}
 * chooses rows by their names, {@code -Dbuild.bench.rounds=N} how often each is measured.
 */
@Testcontainers
class Benchmarks {

    /** Of rows in which a tool takes long to take its probes away. */
    private static final int MOST_ROUNDS_OF_SLOW_TOOLS = 3;

    @Container
    private static final TruthContainer CONTAINER = new TruthContainer(Bench.MANY);

    static TruthContainer container() {
        return CONTAINER;
    }

    @Test
    void measure(@TempDir Path folder) throws Exception {
        int rounds = Integer.getInteger("build.bench.rounds", 7);
        Pattern wanted = Pattern.compile(System.getProperty("build.bench.rows", ".*"));
        Results results = new Results(machine());
        List<String> failures = new ArrayList<>();
        Bench bench = new Bench(CONTAINER, rounds);
        try (RawTools tools = new RawTools(folder, EngineUnderTest.stapEnvironment())) {
            rows().forEach((name, row) -> {
                if (!wanted.matcher(name).matches()) {
                    return;
                }
                try {
                    row.measure(bench, tools, results::add);
                } catch (Exception e) {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace, true));
                    System.out.printf("bench: %s could not be measured: %s%n", name, trace);
                    failures.add("%s: %s".formatted(name, e));
                }
            });
        }
        results.write(Path.of("target", "bench", "results.json"));
        System.out.println(results.table());
        assertThat(failures).as("What could not be measured").isEmpty();
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("uprobe-counting", (bench, tools, to) -> to.accept(new HitRows(bench, tools).uprobeCounting()));
        rows.put("stap-counting", (bench, tools, to) -> to.accept(new HitRows(bench, tools).stapCounting()));
        rows.put("integers", (bench, tools, to) -> to.accept(new HitRows(bench, tools).twoIntegers()));
        rows.put("timing", (bench, tools, to) -> to.accept(new TimeRows(bench, tools).timing()));
        rows.put("timing-cost", (bench, tools, to) -> to.accept(new TimeRows(bench, tools).ownCost()));
        rows.put("loss", (bench, tools, to) -> to.accept(new LossRow(bench, tools).measure()));
        rows.put("string", (bench, tools, to) -> to.accept(new HitRows(bench, tools).string()));
        rows.put(
                "arm-10",
                (bench, tools, to) -> to.accept(new ArmRows(bench, tools)
                        .uprobe(10, "many_00*", Goal.value(20).andRatio(0.1), bench.rounds())));
        rows.put(
                "arm-100",
                (bench, tools, to) -> to.accept(new ArmRows(bench, tools)
                        .uprobe(100, "many_1*", Goal.ratio(0.1), Math.min(MOST_ROUNDS_OF_SLOW_TOOLS, bench.rounds()))));
        rows.put(
                "arm-1000",
                (bench, tools, to) -> to.accept(new ArmRows(bench, tools).uprobeAlone(1_000, "many_*", 40)));
        rows.put("stap-arm", (bench, tools, to) -> to.accept(new ArmRows(bench, tools).stapFirst()));
        rows.put("stap-arm-again", (bench, tools, to) -> to.accept(new ArmRows(bench, tools).stapAgain()));
        rows.put("uprobe-window", (bench, tools, to) -> to.accept(new WindowRows(bench).windows(bench.uprobe(), 0.1)));
        rows.put("stap-window", (bench, tools, to) -> to.accept(new WindowRows(bench).windows(bench.stap(), 5)));
        rows.put("watch", (bench, tools, to) -> to.accept(new WatchRow(bench).measure()));
        rows.put("uprobe-tests", (bench, tools, to) -> to.accept(new ClassRows(bench).tests("uprobe", 1)));
        rows.put("stap-tests", (bench, tools, to) -> to.accept(new ClassRows(bench).tests("stap", 5)));
        rows.put("sidecar-window", (bench, tools, to) -> to.accept(new SidecarRows(bench).windows()));
        rows.put("sidecar-first", (bench, tools, to) -> to.accept(new SidecarRows(bench).firstTest()));
        rows.put("sidecar-names", (bench, tools, to) -> to.accept(new SidecarRows(bench).names()));
        rows.put("coverage", (bench, tools, to) -> CoverageRows.measure(bench.rounds(), to));
        rows.put("memory", (bench, tools, to) -> to.accept(MemoryRow.measure(bench)));
        rows.put("end", (bench, tools, to) -> to.accept(new EndRow(bench).measure()));
        return rows;
    }

    private static Map<String, String> machine() throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put(
                "kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        machine.put("CPUs", String.valueOf(Runtime.getRuntime().availableProcessors()));
        machine.put(
                "CPU",
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.replaceFirst(".*:\\s*", ""))
                        .findFirst()
                        .orElse("unknown"));
        machine.put("Java", Runtime.version().toString());
        machine.put("perf", version("perf"));
        machine.put("bpftrace", version("bpftrace"));
        machine.put("stap", version("stap"));
        return machine;
    }

    private static String version(String tool) throws IOException {
        Process process =
                new ProcessBuilder(tool, "--version").redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            return output.lines().findFirst().orElse("unknown");
        }
    }
}
