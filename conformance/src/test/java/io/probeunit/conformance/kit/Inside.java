package io.probeunit.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What ProbeUnit has in a container that it probes from inside, as this machine sees it. */
public final class Inside {

    private static final Path EVENTS = Path.of("/sys/kernel/tracing/uprobe_events");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup/unified/docker");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TruthContainer container;
    private final long jvm;

    private Inside(TruthContainer container, long jvm) {
        this.container = container;
        this.jvm = jvm;
    }

    /** Looks at what this JVM has in one container. */
    public static Inside of(TruthContainer container) {
        return of(container, ProcessHandle.current().pid());
    }

    /** Looks at what a JVM has in one container. */
    public static Inside of(TruthContainer container, long jvm) {
        return new Inside(container, jvm);
    }

    /**
     * The probes that a JVM has made inside any container, as the kernel lists them; those that hold semaphores, too. Other runs
     * may have others.
     */
    public static List<String> probes(long jvm) {
        try (Stream<String> lines = Files.lines(EVENTS)) {
            return lines.filter(
                            line -> line.matches(".*/run/probeunit/(inside/[0-9a-f]+|stap/pu)_%d_.*".formatted(jvm)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("These checks need root and tracefs", e);
        }
    }

    /** Demands that a JVM has no such probe, at the latest after a while. */
    public static void awaitNoProbes(long jvm) {
        await("no probe made inside a container")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(probes(jvm)).isEmpty());
    }

    /** Kills our tools of one name in a container, as the kernel does where memory is short. */
    public static void kill(String containerId, String program) {
        List<ProcessHandle> tools = lines(GROUPS.resolve(containerId).resolve("probeunit-tools/cgroup.procs"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .filter(process -> process.info().command().orElse("").endsWith("/" + program))
                .toList();
        assertThat(tools).as("Processes of %s", program).isNotEmpty();
        tools.forEach(ProcessHandle::destroyForcibly);
    }

    /** Demands that there is something: else a test about its end says nothing. */
    public void mustBeThere() {
        assertThat(probes(jvm)).isNotEmpty();
        assertThat(now()).anyMatch(thing -> thing.startsWith("process")).anyMatch(thing -> thing.startsWith("group"));
    }

    /** Demands that the container is as it was. */
    public void awaitNothing() {
        await("nothing left in the container")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(now()).isEmpty());
        awaitNoProbes(jvm);
    }

    private Set<String> now() {
        Set<String> things = new TreeSet<>();
        Path group = GROUPS.resolve(container.getContainerId());
        children(group)
                .filter(Files::isDirectory)
                .map(folder -> "group " + folder)
                .forEach(things::add);
        String first = String.valueOf(container.pid());
        Stream.concat(Stream.of(group), children(group).filter(Files::isDirectory))
                .flatMap(folder -> lines(folder.resolve("cgroup.procs")))
                .filter(pid -> !pid.equals(first))
                .map(pid -> "process " + pid)
                .forEach(things::add);
        Path root = Path.of("/proc/" + first + "/root");
        Stream.of("run/probeunit", "run/probeunit/stap", "var/tmp/systemtap-root", "tmp/memlock.so")
                .map(root::resolve)
                .filter(Files::exists)
                .map(file -> "file " + file)
                .forEach(things::add);
        return things;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }
}
