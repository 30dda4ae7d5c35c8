package io.probeunit.internal.engine.perf;

import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code perf stat}: exact counters in the kernel, which nothing can overflow. It prints what was added to them some
 * hundred times a second. A command that it acknowledges on the same stream is a barrier: the next reading began after it.
 */
final class CountingTool {

    private static final String INTERVAL_MILLIS = "10";
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int COUNT = 1;
    private static final int EVENT = 3;

    private final List<String> events;
    private final Monitor monitor = new Monitor();
    private final long[] totals;
    private final long[] partial;
    private final ToolProcess process;
    private int lines;
    private long readings;
    private long acknowledged;
    private long readingsThen;
    private long asked;

    /**
     * Starts it.
     *
     * @param events what is counted, in the order of the words
     */
    CountingTool(Host host, List<String> words, List<String> events) {
        this.events = List.copyOf(events);
        this.totals = new long[events.size()];
        this.partial = new long[events.size()];
        this.process = ToolProcess.start(host, "perf-stat", words, this::read, () -> monitor.change(() -> {}));
    }

    /** The words of a count of all tasks. */
    static List<String> words(String command, List<String> events) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "stat",
                "-x",
                ",",
                "-I",
                INTERVAL_MILLIS,
                "--no-scale",
                "--log-fd",
                "1",
                "--control",
                "fd:0,1",
                "-a"));
        events.forEach(event -> words.addAll(List.of("-e", event)));
        return words;
    }

    /** The same for the tasks of a cgroup, which holds for all events before it. */
    static List<String> in(String cgroup, List<String> words) {
        return Stream.concat(words.stream(), Stream.of("-G", cgroup)).toList();
    }

    ToolProcess process() {
        return process;
    }

    /** Asks for an acknowledgement, which comes when all counters count. */
    boolean awaitReady(Duration timeout) {
        ask();
        return monitor.await(timeout, () -> acknowledged >= asked || !process.isAlive()) && process.isAlive();
    }

    /** The counters since they were made, at some moment after this call. */
    long[] read() {
        ask();
        boolean answered =
                monitor.await(ANSWER, () -> acknowledged >= asked && readings > readingsThen || !process.isAlive());
        if (!answered || !process.isAlive()) {
            throw new EngineException("Counters could not be read: %s.".formatted(process.story()));
        }
        return monitor.get(totals::clone);
    }

    private void ask() {
        asked++;
        process.tell("ping");
    }

    private void read(InputStream output) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            // an acknowledgement ends with a NUL behind its newline
            String text = line.replace("\0", "");
            if (text.equals("ack")) {
                monitor.change(() -> {
                    acknowledged++;
                    readingsThen = readings;
                });
            } else if (text.contains(",")) {
                counter(text);
            }
        }
    }

    /** A line {@code TIME,COUNT,UNIT,EVENT,CGROUP,…}, in the order of the events. */
    private void counter(String line) throws IOException {
        String[] fields = line.split(",");
        if (fields.length <= EVENT || !fields[EVENT].equals(events.get(lines))) {
            throw new IOException("'%s' is not a counter of %s".formatted(line, events.get(lines)));
        }
        partial[lines++] = added(fields[COUNT].strip());
        if (lines == events.size()) {
            lines = 0;
            monitor.change(() -> {
                Arrays.setAll(totals, i -> totals[i] + partial[i]);
                readings++;
            });
        }
    }

    /** A counter of a cgroup that did not run since the last reading is said to be not counted. */
    private static long added(String count) throws IOException {
        if (count.equals("<not counted>")) {
            return 0;
        }
        if (!count.matches("\\d+")) {
            throw new IOException("a counter says '%s'".formatted(count));
        }
        return Long.parseLong(count);
    }
}
