package io.probeunit.internal.engine.perf;

import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code perf record}: a sample for each firing, read from the rings of the CPUs as they come.
 *
 * <p>Each sample carries its event's counter, so what was lost before it is known. A command is acknowledged in the stream
 * of records; between two commands perf reads all rings to their ends.
 */
final class RecordingTool {

    /** Bytes of each CPU's ring. */
    static final long RING = 2L << 20;

    /** Bytes of the stack that a sample carries, if its event copies stacks. */
    private static final int STACK = 1 << 14;

    private static final String PING = "ping";
    private static final int PAGE = 4096;
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Monitor monitor;
    private final ToolProcess process;
    private long asked;
    private long acknowledged;

    /**
     * Starts it.
     *
     * @param monitor guards what the listener changes
     */
    RecordingTool(Host host, List<String> words, Monitor monitor, PerfRecords.Listener listener) {
        this.monitor = monitor;
        this.process = ToolProcess.start(
                host,
                "perf-record",
                words,
                output -> new PerfRecords(output, new Acknowledging(listener)).read(),
                () -> monitor.change(() -> {}));
    }

    /** The words of a recording whose samples carry counters. */
    static List<String> words(String command, List<String> events) {
        List<String> words = new ArrayList<>(common(command));
        // no code addresses are needed
        words.addAll(List.of("--synth", "no"));
        events.forEach(event -> words.addAll(List.of("-e", "{%s}:S".formatted(event))));
        return words;
    }

    /** An event whose samples carry registers and stack, which perf copies for programs without frame pointers. */
    static String withStack(String event) {
        return event + "/call-graph=dwarf,stack-size=" + STACK + "/";
    }

    /** All but the events. */
    static List<String> common(String command) {
        return new ArrayList<>(List.of(
                command,
                "record",
                "-o",
                "-",
                "-B",
                "-N",
                // newer ones put build-ids where files' inodes were
                "--no-buildid-mmap",
                "-k",
                "mono",
                "-m",
                String.valueOf(RING / PAGE),
                "--control",
                "fd:0,1",
                "-a"));
    }

    ToolProcess process() {
        return process;
    }

    boolean awaitReady(Duration timeout) {
        return ask(List.of(PING), timeout);
    }

    /** When it returns, all records have been handed over that were in the rings when it was called. */
    void drain() {
        // a command may be taken before the rings were read; the next one is taken after that, since perf takes one at
        // a time
        if (!ask(List.of(PING, PING), ANSWER)) {
            throw new EngineException(
                    "Records could not be read within %d s: %s. perf accepts a command only when its rings are empty: a probe point that fires several 100,000 times a second without a pause can keep it from that. Let the container rest before the test ends, or use another engine."
                            .formatted(ANSWER.toSeconds(), process.story()));
        }
    }

    private boolean ask(List<String> commands, Duration timeout) {
        asked += commands.size();
        process.tell(String.join("\n", commands));
        return monitor.await(timeout, () -> acknowledged >= asked || !process.isAlive()) && process.isAlive();
    }

    private final class Acknowledging implements PerfRecords.Listener {
        private final PerfRecords.Listener listener;

        Acknowledging(PerfRecords.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void sample(long source, long config, Sample sample) {
            listener.sample(source, config, sample);
        }

        @Override
        public void acknowledged() {
            listener.acknowledged();
            monitor.change(() -> acknowledged++);
        }

        @Override
        public void round(long bytes) {
            listener.round(bytes);
        }

        @Override
        public void lost() {
            listener.lost();
        }

        @Override
        public void task(TaskEvent event) {
            listener.task(event);
        }
    }
}
