package io.probeunit.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the sessions of one JVM leave on this machine where they are not cleaned up: processes, pipes, folders, and uprobe
 * events; and what of BPF a JVM holds that lives on, which the kernel lets go when it dies.
 *
 * <p>The first three, and events made for perf by a JVM itself, carry the JVM's PID in their names. An event of SystemTap, or
 * one made for perf in a sidecar, carries the PID of another process: it is left behind if that process is gone, and is taken
 * for this JVM's if it was not there before.
 */
public final class Leftovers {

    private static final Path EVENTS = Path.of("/sys/kernel/tracing/uprobe_events");
    private static final Pattern EVENT =
            Pattern.compile("[pr]\\d*:(?:uprobes/stapprobe_|probeunit_\\d+_)(\\d+)_\\w+(?:/\\w+)? .*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long jvm;
    private final Set<String> strayBefore;

    private Leftovers(long jvm, Set<String> strayBefore) {
        this.jvm = jvm;
        this.strayBefore = strayBefore;
    }

    /** Looks at what is there before anything is started. */
    public static Leftovers before() {
        return new Leftovers(0, stray());
    }

    /** The same for the sessions of a JVM. */
    public Leftovers of(long pid) {
        return new Leftovers(pid, strayBefore);
    }

    /** What is there now, one line each. */
    public Set<String> now() {
        Pattern ours = Pattern.compile("\\b(pu|probeunit_\\d+)_%d_[0-9a-f]+".formatted(jvm));
        Set<String> things = new TreeSet<>(stray());
        things.removeAll(strayBefore);
        children(Path.of("/proc"))
                .map(process -> "process %s: %s".formatted(process.getFileName(), commandLine(process)))
                .filter(process -> ours.matcher(process).find())
                .forEach(things::add);
        Stream.concat(
                        children(Path.of("/run/probeunit/stap")),
                        children(Path.of("/var/tmp"))
                                .filter(folder ->
                                        folder.getFileName().toString().startsWith("systemtap-"))
                                .flatMap(Leftovers::children))
                .map(Path::toString)
                .filter(folder -> ours.matcher(folder).find())
                .forEach(things::add);
        for (String event : lines(EVENTS)) {
            if (ours.matcher(event).find()) {
                things.add(event);
            }
        }
        children(Path.of("/proc/%d/fd".formatted(jvm)))
                .map(descriptor -> "descriptor %s: %s".formatted(descriptor, linkOf(descriptor)))
                .filter(descriptor -> descriptor.contains("bpf") || descriptor.contains("perf_event"))
                .forEach(things::add);
        return things;
    }

    /** Demands that nothing is left, at the latest after a few seconds: probes are taken away off the tests' path. */
    public void awaitNone() {
        await("nothing left behind by JVM " + jvm)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(now()).as("Left behind by JVM %d", jvm).isEmpty());
    }

    /** Demands that something is there: else a test about removing it says nothing. */
    public void mustBeThere() {
        assertThat(now()).as("What JVM %d has on this machine", jvm).isNotEmpty();
    }

    /** What carries no JVM's name: events whose process is gone, and the compiler's temporary folders. */
    private static Set<String> stray() {
        Set<String> stray = new TreeSet<>();
        for (String line : lines(EVENTS)) {
            Matcher event = EVENT.matcher(line);
            if (event.matches() && !Files.exists(Path.of("/proc", event.group(1)))) {
                stray.add(line);
            }
        }
        children(Path.of(System.getProperty("java.io.tmpdir")))
                .filter(folder -> folder.getFileName().toString().matches("stap[A-Za-z0-9]{6}"))
                .map(Path::toString)
                .forEach(stray::add);
        return stray;
    }

    private static Iterable<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("These checks need root and tracefs", e);
        }
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }

    private static String linkOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }
}
