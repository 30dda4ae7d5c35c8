package io.probeunit.conformance.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Calls tools as a person would who knows them well. */
final class RawTools implements AutoCloseable {

    private static final Path EVENTS = Path.of("/sys/kernel/tracing/uprobe_events");

    /** Prints a line once perf's counters run, and lasts until the standard input ends. */
    private static final List<String> UNTIL_INPUT_ENDS =
            List.of("--", "sh", "-c", "echo " + RawTool.BEGUN + "; exec cat");

    private final Path folder;
    private final Map<String, String> preload;
    private final List<String> events = new ArrayList<>();
    private final List<Long> pids = new ArrayList<>();

    /**
     * Makes the tools ready.
     *
     * @param folder for their files
     * @param preload what their environment needs on this machine
     */
    RawTools(Path folder, Map<String, String> preload) throws IOException {
        this.folder = folder;
        this.preload = preload;
        Path tree = Files.createDirectories(folder.resolve("tree"));
        try (InputStream config = new GZIPInputStream(Files.newInputStream(Path.of("/proc/config.gz")))) {
            Files.copy(config, tree.resolve(".config"));
        }
        Files.createFile(tree.resolve("Module.symvers"));
        Files.writeString(
                Files.createDirectories(tree.resolve("include/config")).resolve("kernel.release"),
                Files.readString(Path.of("/proc/sys/kernel/osrelease")));
    }

    /** An event for perf, gone when this is closed. */
    String event(String name, String path, long offset, String fetch) {
        String event = "probeunit_bench_%d/%s".formatted(ProcessHandle.current().pid(), name);
        append("p:%s %s:0x%x%s".formatted(event, path, offset, fetch.isEmpty() ? "" : " " + fetch));
        events.add(event);
        return event.replace('/', ':');
    }

    RawTool perfStat(String event) throws Exception {
        List<String> command = new ArrayList<>(List.of("perf", "stat", "-x,", "-a", "-e", event));
        command.addAll(UNTIL_INPUT_ENDS);
        return RawTool.start(command, Map.of());
    }

    RawTool perfRecord(String event) throws Exception {
        List<String> command = new ArrayList<>(List.of("perf", "record", "-a", "-e", event, "-o", data().toString()));
        command.addAll(UNTIL_INPUT_ENDS);
        return RawTool.start(command, Map.of());
    }

    /** Samples in what was recorded last. */
    long perfSamples() throws Exception {
        Process report = new ProcessBuilder("perf", "report", "--stats", "-i", data().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long samples = -1;
        try (var lines = report.inputReader()) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (samples < 0 && line.strip().startsWith("SAMPLE events:")) {
                    samples = Long.parseLong(line.replaceAll(".*events:\\s*(\\d+).*", "$1"));
                }
            }
        }
        report.waitFor();
        Files.delete(data());
        if (samples < 0) {
            throw new IllegalStateException("perf report tells no number of samples");
        }
        return samples;
    }

    RawTool bpftrace(String script) throws Exception {
        Map<String, String> environment = new TreeMap<>(preload);
        environment.put("BPFTRACE_MAX_PROBES", "2000");
        // printed once the tool reads its buffer, which it does after it has attached everything
        String begin = "BEGIN { printf(\"" + RawTool.BEGUN + "\\n\"); } ";
        return track(RawTool.start(List.of("bpftrace", "-B", "line", "-e", begin + script), environment));
    }

    RawTool stap(String script) throws Exception {
        Map<String, String> environment = new TreeMap<>(preload);
        // a cache of its own, which is empty
        environment.put(
                "SYSTEMTAP_DIR", Files.createTempDirectory(folder, "stap").toString());
        return track(RawTool.start(
                List.of(
                        "stap",
                        "--runtime=bpf",
                        "-r",
                        folder.resolve("tree").toString(),
                        "-e",
                        "probe begin { printf(\"" + RawTool.BEGUN + "\\n\") } " + script),
                environment));
    }

    private RawTool track(RawTool tool) {
        pids.addAll(tool.pids());
        return tool;
    }

    private Path data() {
        return folder.resolve("perf.data");
    }

    private static void append(String line) {
        try {
            Files.writeString(EVENTS, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    /** Takes the events away, and those that a stapbpf left that was killed. */
    @Override
    public void close() throws IOException {
        events.forEach(event -> append("-:" + event));
        events.clear();
        for (String line : Files.readAllLines(EVENTS)) {
            String name = line.replaceFirst("^[pr]\\d*:(\\S+) .*", "$1");
            if (pids.stream().anyMatch(pid -> name.startsWith("uprobes/stapprobe_" + pid + "_"))) {
                append("-:" + name);
            }
        }
    }
}
