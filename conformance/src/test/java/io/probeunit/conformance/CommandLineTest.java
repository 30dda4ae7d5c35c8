package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.Functions;
import io.probeunit.Marks;
import io.probeunit.conformance.kit.Leftovers;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The runnable archive of the command line, as a person starts it. */
@Tag("once")
@Testcontainers
@Timeout(120)
class CommandLineTest {

    private static final Path BUILT = Path.of("../cli/target");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    @Container
    static final TruthContainer truth = new TruthContainer();

    private final Leftovers before = Leftovers.before();

    @Test
    void doctor_finds_what_works_here() throws Exception {
        Process doctor = start("doctor");
        List<String> lines = doctor.inputReader().lines().toList();

        assertThat(doctor.waitFor()).isZero();
        assertThat(lines.indexOf("Host LOCAL")).isLessThan(lines.indexOf("Host SIDECAR"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("  UPROBE  works: "))
                .hasSize(2);
        assertThat(lines.get(lines.size() - 1)).matches("AUTO takes (STAP|UPROBE) on host LOCAL[.]");
        before.of(doctor.pid()).awaitNone();
        assertThat(containers("io.probeunit.sidecar")).isEmpty();
    }

    @Test
    void functions_and_marks_of_an_image_are_those_that_a_test_finds() throws Exception {
        Process functions = start("functions", TruthContainer.IMAGE.get(), TruthContainer.PIE, "*");
        assertThat(annotations(functions))
                .extracting(line -> line.replaceFirst("  // in doubt: .*", ""))
                .hasSizeGreaterThan(30)
                .containsExactlyElementsOf(Functions.of(truth, TruthContainer.PIE, "*").annotations().stream()
                        .map(expected -> expected.replace("@ExpectFunction", "@ProbeFunction"))
                        .toList());

        Process marks = start("marks", TruthContainer.IMAGE.get());
        assertThat(annotations(marks))
                .hasSizeGreaterThan(5)
                .containsExactlyElementsOf(Marks.of(truth).list().stream()
                        .map(mark -> "@ProbeMark(value = \"%s\", binary = \"%s\")  // %s"
                                .formatted(mark.qualifiedName(), TruthContainer.PIE, mark.signature()))
                        .toList());

        assertThat(containers("io.probeunit.files")).isEmpty();
    }

    @Test
    void the_container_of_an_image_is_removed_at_a_signal() throws Exception {
        Process functions = start("functions", TruthContainer.IMAGE.get(), "libc.so.6", "*");
        await().pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .until(() -> !containers("io.probeunit.files").isEmpty());

        functions.destroy();

        assertThat(functions.waitFor()).isEqualTo(TERMINATED);
        assertThat(containers("io.probeunit.files")).isEmpty();
    }

    @Test
    void watch_counts_what_the_program_has_done_until_ctrl_c() throws Exception {
        Process watch = start(
                "watch",
                truth.getContainerId().substring(0, 12),
                "--function",
                "alpha",
                "--mark",
                "truth:gamma",
                "--where",
                "arg1 == 1",
                "--engine",
                "UPROBE",
                "--json");
        BufferedReader lines = watch.inputReader();
        assertThat(lines.readLine()).contains("\"armed\"").contains("engine UPROBE on host LOCAL");

        long alpha = truth.truth().call("alpha", 5000);
        long gamma = truth.truth().call("gamma", 7);
        new ProcessBuilder("kill", "-INT", String.valueOf(watch.pid())).start().waitFor();

        List<String> rest = lines.lines().toList();
        assertThat(watch.waitFor()).isEqualTo(INTERRUPTED);
        assertThat(gamma).isEqualTo(7);
        assertThat(rest.get(rest.size() - 1))
                .contains("\"event\": \"end\"")
                .contains("{\"point\": \"alpha\", \"count\": %d, \"exact\": true, \"doubts\": []}".formatted(alpha))
                .contains("\"doubts\": []");
        before.of(watch.pid()).awaitNone();
    }

    private static List<String> annotations(Process process) throws InterruptedException {
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        return lines.stream().filter(line -> line.startsWith("@")).toList();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                archive().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The build packs it before these tests run. */
    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.toString().endsWith("-all.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no archive in " + BUILT + ": run 'verify', not 'test'"));
        }
    }

    private static List<String> containers(String label) {
        return DockerClientFactory.instance()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(label))
                .exec()
                .stream()
                .map(com.github.dockerjava.api.model.Container::getId)
                .toList();
    }
}
