package io.probeunit.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * The privileged helper containers of one JVM, as the daemon knows them.
 *
 * @param namespace the PID namespace of the JVM, as {@code /proc/PID/ns/pid} names it
 * @param jvm its PID there
 */
public record Sidecars(String namespace, long jvm) {

    /** The label that names a sidecar's owner. */
    public static final String LABEL = "io.probeunit.sidecar";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Those of a JVM in the same PID namespace as this one. */
    public Sidecars(long jvm) {
        this(namespace("self"), jvm);
    }

    /** Those of the JVM that has number 1 in a PID namespace of its own; by its number here. */
    public static Sidecars ofFirstProcess(long pid) {
        return new Sidecars(namespace(String.valueOf(pid)), 1);
    }

    /** Those of the JVM that asks. */
    public static Sidecars ofThisJvm() {
        return new Sidecars(ProcessHandle.current().pid());
    }

    /** Their ids, running or not. */
    public List<String> ids() {
        return all().map(Container::getId).toList();
    }

    /** The only one, as the daemon describes it. */
    public InspectContainerResponse onlyOne() {
        List<String> ids = ids();
        assertThat(ids).as("Sidecars of JVM %d", jvm).hasSize(1);
        return docker().inspectContainerCmd(ids.get(0)).exec();
    }

    /** What their labels say. */
    public List<String> labels() {
        return all().map(c -> c.getLabels().get(LABEL)).toList();
    }

    /** Removes them, as {@code docker rm -f} does. */
    public void kill() {
        List<String> ids = ids();
        assertThat(ids).as("Sidecars of JVM %d", jvm).isNotEmpty();
        ids.forEach(id -> docker().removeContainerCmd(id).withForce(true).exec());
    }

    /**
     * Kills the processes of a program in them, as {@code kill -9} does, and waits for their end. Through the daemon: to
     * the machine's own root they are processes like others, and nobody else may touch them.
     */
    public void killProcesses(String program) {
        long killed = ids().stream().mapToLong(id -> killProcesses(id, program)).sum();
        assertThat(killed)
                .as("Processes of %s in sidecars of JVM %d", program, jvm)
                .isPositive();
    }

    /**
     * Sends a signal to the processes of a program in them that have some word among their arguments, in the same way.
     *
     * @param signal its name, such as {@code STOP}
     */
    public void signal(String signal, String program, String word) {
        long sent = ids().stream()
                .mapToLong(id -> signal(id, signal, program, word))
                .sum();
        assertThat(sent)
                .as("Processes of %s %s in sidecars of JVM %d", program, word, jvm)
                .isPositive();
    }

    /** Demands that none is left, and none of the processes that were in one. */
    public void awaitNone(List<String> before) {
        await("no sidecar of JVM " + jvm).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ids()).isEmpty();
            assertThat(processesIn(before)).isEmpty();
        });
    }

    /** Makes a container with a label and never starts it: what a JVM leaves that dies at that moment. */
    public static String createOnly(String image, String label) {
        return docker().createContainerCmd(image)
                .withCmd("true")
                .withLabels(Map.of(LABEL, label))
                .exec()
                .getId();
    }

    /** Says whether the daemon knows a container. */
    public static boolean isThere(String id) {
        return docker().listContainersCmd().withShowAll(true).exec().stream()
                .anyMatch(c -> c.getId().equals(id));
    }

    /** Removes a container. */
    public static void remove(String id) {
        docker().removeContainerCmd(id).withForce(true).exec();
    }

    private Stream<Container> all() {
        return docker().listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL)).exec().stream()
                .filter(c -> c.getLabels().get(LABEL).contains(namespace + "/" + jvm + " "));
    }

    private static String namespace(String pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", pid, "ns", "pid")).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A sidecar sees all processes of the machine: those of others are told by their cgroup. */
    private static long killProcesses(String id, String program) {
        String script = """
                for process in /proc/[0-9]*; do
                  case $(readlink $process/exe) in */%s) ;; *) continue ;; esac
                  grep -q %s $process/cgroup || continue
                  echo ${process#/proc/}
                  kill -9 ${process#/proc/}
                  while readlink $process/exe; do sleep 0.01; done >/dev/null
                done 2>/dev/null""".formatted(program, id);
        return DaemonCommand.output(id, "sh", "-c", script).lines().count();
    }

    private static long signal(String id, String signal, String program, String word) {
        String script = """
                for process in /proc/[0-9]*; do
                  case $(readlink $process/exe) in */%s) ;; *) continue ;; esac
                  grep -q %s $process/cgroup || continue
                  tr '\\0' '\\n' < $process/cmdline | grep -qx %s || continue
                  echo ${process#/proc/}
                  kill -%s ${process#/proc/}
                done 2>/dev/null""".formatted(program, id, word, signal);
        return DaemonCommand.output(id, "sh", "-c", script).lines().count();
    }

    private static List<String> processesIn(List<String> containers) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(Sidecars::cgroup)
                    .filter(group -> containers.stream().anyMatch(group::contains))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String cgroup(Path process) {
        try {
            return Files.readString(process.resolve("cgroup"));
        } catch (IOException noProcessOrGone) {
            return "";
        }
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
