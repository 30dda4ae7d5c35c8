package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Functions;
import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.annotations.ExpectMarks;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The marks that binaries in containers carry; {@code readelf} says the truth. */
@Testcontainers
@Timeout(120)
@Tag("once")
class MarkInventoryTest {

    private static final String NOBODY = "65534";

    /** What readelf prints of a note. */
    private static final Pattern NOTE = Pattern.compile(
            "Provider: (\\S+)\\s+Name: (\\S+)\\s+Location: \\S+, Base: \\S+, Semaphore: (\\S+)\\s+Arguments: ?([^\\n]*)");

    private static final Pattern ARGUMENT = Pattern.compile("(-?)([0-9]+)(f?)@");

    @Container
    static final TruthContainer container = new TruthContainer();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                TruthContainer.PIE,
                TruthContainer.NO_PIE,
                TruthContainer.STATIC,
                TruthContainer.STRIPPED,
                TruthContainer.DEBUG
            })
    void the_marks_are_those_that_readelf_lists(String build) throws Exception {
        Path copy = folder.resolve("build");
        container.copyOut(build, copy);

        assertThat(Marks.of(container, build).list().stream().map(Marks.Mark::toString))
                .isNotEmpty()
                .containsExactlyElementsOf(readelf(copy));
    }

    private static List<String> readelf(Path file) throws Exception {
        Process process = new ProcessBuilder("readelf", "-nW", file.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        Map<String, List<MatchResult>> notes = NOTE.matcher(output)
                .results()
                .collect(Collectors.groupingBy(note -> note.group(1) + ":" + note.group(2)));
        return notes.entrySet().stream()
                .map(mark -> mark.getKey()
                        + mark.getValue().stream()
                                .map(note -> types(note.group(4)))
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(" or "))
                        + (mark.getValue().stream().allMatch(n -> n.group(3).matches("0x0+")) ? "" : " guarded"))
                .sorted()
                .toList();
    }

    private static String types(String arguments) {
        return ARGUMENT.matcher(arguments)
                .results()
                .map(a -> (a.group(1).isEmpty() ? "u" : "s") + 8 * Integer.parseInt(a.group(2)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    @Test
    void the_main_executable_is_meant_where_none_is_named() {
        assertThat(Marks.of(container)).isEqualTo(Marks.of(container, TruthContainer.PIE));
        assertThat(Marks.of(container, "truth-nopie").binary()).isEqualTo(TruthContainer.NO_PIE);
    }

    @Test
    @ExpectMarks(value = "truth", binary = TruthContainer.PIE, snapshot = "markers/truth.txt")
    @ExpectMarks(value = "truth", binary = TruthContainer.STATIC, snapshot = "markers/truth.txt")
    void they_are_those_of_the_snapshot() {
        assertThat(Marks.of(container)).ofProvider("truth").matchesSnapshot("markers/truth.txt");
    }

    /** An ordinary user in the group docker. */
    @Test
    void no_privileges_are_needed() throws Exception {
        shortcut();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        String docker = String.valueOf(Files.getAttribute(Path.of("/var/run/docker.sock"), "unix:gid"));

        ChildJvm.of(Unprivileged.class)
                .watching(container.getContainerId())
                .property("test.root", "/proc/%d/root/".formatted(container.pid()))
                .withClassPathIn(folder)
                .environment("HOME", home.toString())
                .property("user.home", home.toString())
                .under("setpriv", "--reuid", NOBODY, "--regid", docker, "--clear-groups")
                .run()
                .assertSucceeded(4);
    }

    static class Unprivileged {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        void followsLinksInsideTheContainer() {
            assertThat(Marks.of(container, "/shortcut/up").binary()).isEqualTo(TruthContainer.NO_PIE);
            assertThat(Marks.of(container, "ld-linux-x86-64.so.2").binary())
                    .isEqualTo(
                            Marks.of(container, "/lib64/ld-linux-x86-64.so.2").binary());
        }

        @Test
        void listsFunctions() {
            Functions functions = Functions.of(container, "truth", "alph*");
            assertThat(functions.binary()).isEqualTo(TruthContainer.PIE);
            assertThat(functions.annotations())
                    .containsExactly(
                            "@ExpectFunction(value = \"alpha\", binary = \"%s\")".formatted(TruthContainer.PIE));
        }

        @Test
        void saysWhatIsWrong() {
            refuses("/opt/truth/bin/trush", "There is no file /opt/truth/bin/trush");
            refuses("trush", "There is no binary 'trush'", "/opt/truth/bin");
            refuses("/opt/truth", "is a folder");
            refuses("/bin/zgrep", "it is a script");
            refuses("/etc/passwd", "not an ELF file");
            refuses("/etc/passwd/x", "There is no file /etc/passwd/x");
        }

        @Test
        @ExpectMarks(value = "truth", snapshot = "markers/truth.txt")
        @ExpectMarks(value = "truth", binary = TruthContainer.PIE, snapshot = "markers/truth.txt")
        @ExpectMarks(value = "truth", binary = "truth-nopie", snapshot = "markers/truth.txt")
        void comparesMarks() {
            assertThat(Files.exists(Path.of(System.getProperty("test.root")))).isFalse();
            assertThat(Marks.of(container, "truth").binary()).isEqualTo(TruthContainer.PIE);
        }
    }

    private static void refuses(String binary, String... words) {
        ContainerState truth = System.getProperty("test.root") == null ? container : new AttachedTruth();
        assertThatThrownBy(() -> Marks.of(truth, binary))
                .isInstanceOf(ProbeException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void links_are_followed_inside_the_container() throws Exception {
        shortcut();

        assertThat(Marks.of(container, "/shortcut/up").binary()).isEqualTo(TruthContainer.NO_PIE);
    }

    /** /shortcut/up lies in /opt/truth/elsewhere; taken for what its name says, it would mean /bin/truth-nopie. */
    private static void shortcut() throws Exception {
        assertThat(container
                        .execInContainer(
                                "sh",
                                "-c",
                                "ln -sfn /opt/truth/elsewhere /shortcut && ln -sf ../bin/truth-nopie /opt/truth/elsewhere/up")
                        .getExitCode())
                .isZero();
    }

    @Test
    void what_is_wrong_is_said() {
        refuses("/opt/truth/bin/trush", "There is no file /opt/truth/bin/trush", "nearest there: truth");
        refuses("trush", "There is no binary 'trush'", "truth");
        refuses("/opt/truth", "is not a regular file");
        refuses("/bin/zgrep", "it is a script");
        Subjects.run(Wrong.class)
                .failure("wrong")
                .contains("no marks of a provider 'turth' (PU0727). Did you mean 'truth'?");
        Subjects.run(Wrong.class).failure("none").contains("/usr/bin/dash", "carries no marks");
    }

    static class Wrong {
        @Probed
        static final TruthContainer container = MarkInventoryTest.container;

        @Test
        @ExpectMarks("turth")
        void wrong() {}

        @Test
        @ExpectMarks(binary = "/bin/sh")
        void none() {}
    }

    @Test
    void an_update_writes_what_then_is_compared() throws IOException {
        Map<String, String> there = Map.of("probeunit.snapshots.folder", folder.toString());
        Subjects.run(there, Updated.class).failure("test").contains("There is no snapshot markers/new.txt");

        Subjects.run(
                        Map.of("probeunit.snapshots.folder", folder.toString(), "probeunit.snapshots", "update"),
                        Updated.class)
                .assertSucceeded(1);

        Subjects.run(there, Updated.class).assertSucceeded(1);
        assertThat(folder.resolve("markers/new.txt")).content().contains("\nother:twin(s32)\ntruth:bare()\n");
    }

    static class Updated {
        @Probed
        static final TruthContainer container = MarkInventoryTest.container;

        @Test
        @ExpectMarks(snapshot = "markers/new.txt")
        void test() {}
    }

    @Test
    void the_container_may_have_ended() {
        TruthContainer ended = TruthContainer.started();
        try {
            ended.getDockerClient().killContainerCmd(ended.getContainerId()).exec();

            assertThat(Marks.of(ended, TruthContainer.PIE)).hasMark("truth:gamma");
            assertThatThrownBy(() -> Marks.of(ended))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("exited")
                    .hasMessageContaining("absolute path");
        } finally {
            ended.stop();
        }
    }

    @Test
    void a_failure_says_what_is_removed_added_and_changed() {
        Subjects.run(Different.class).failure("changed").contains("removed:", "added:", "changed:");
    }

    static class Different {
        @Probed
        static final TruthContainer container = MarkInventoryTest.container;

        @Test
        @ExpectMarks(value = "truth", snapshot = "markers/truth-before.txt")
        void changed() {}
    }
}
