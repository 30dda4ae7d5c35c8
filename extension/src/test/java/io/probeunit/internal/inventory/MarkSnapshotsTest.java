package io.probeunit.internal.inventory;

import static io.probeunit.internal.inventory.SnapshotTextTest.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkSnapshotsTest {

    private static final String BESIDE = "io/probeunit/internal/inventory/";
    private static final Marks MARKS = new Marks(
            "shop",
            "/bin/shop",
            List.of(mark("p", "x", false, "s32"), mark("p", "y", true), mark("q", "z", false)),
            List.of());

    @TempDir
    Path folder;

    private MarkSnapshots comparing;
    private MarkSnapshots writing;

    @BeforeEach
    void create() {
        comparing = new MarkSnapshots(false, Optional.of(folder));
        writing = new MarkSnapshots(true, Optional.of(folder));
    }

    private static SnapshotName name(String text) {
        return new SnapshotName(text, MarkSnapshotsTest.class);
    }

    private Path file(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"markers/shop.txt", BESIDE + "markers/shop.txt"})
    void a_snapshot_is_at_the_root_or_beside_the_class(String place) throws IOException {
        Path file = file(place, "p:x(s32)\np:y() guarded\n");

        assertThat(comparing.check(MARKS, "p", name("markers/shop.txt"), "test"))
                .isEqualTo(new SnapshotResult.Same(file.toString()));
    }

    @Test
    void one_in_both_places_is_ambiguous_unless_the_root_is_meant() throws IOException {
        file("shop.txt", "p:x(s32)\np:y() guarded\n");
        file(BESIDE + "shop.txt", "p:x(s32)\n");

        assertThatThrownBy(() -> comparing.check(MARKS, "p", name("shop.txt"), "test"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("ambiguous")
                .hasMessageContaining("Write \"/shop.txt\" for the one at the root");
        assertThat(comparing.check(MARKS, "p", name("/shop.txt"), "test")).isInstanceOf(SnapshotResult.Same.class);
    }

    @Test
    void without_a_name_it_is_that_of_the_class() throws IOException {
        file(BESIDE + "MarkSnapshotsTest.marks", "p:x(s32)\np:y() guarded\nq:z()\n");

        assertThat(comparing.check(MARKS, "", name(""), "test")).isInstanceOf(SnapshotResult.Same.class);
    }

    @Test
    void where_the_sources_are_not_at_hand_the_class_path_counts() {
        SnapshotName onClassPath = name("simplelogger.properties");

        assertThatThrownBy(() -> comparing.check(MARKS, "", onClassPath, "test"))
                .hasMessageContaining("simplelogger.properties, line ");
    }

    @Test
    void a_difference_has_both_sides() throws IOException {
        file("shop.txt", "p:x(s64)\np:y() guarded\n");

        SnapshotResult result = comparing.check(MARKS, "p", name("shop.txt"), "test");

        assertThat(result).isInstanceOfSatisfying(SnapshotResult.Different.class, different -> {
            assertThat(different.expected()).isEqualTo("p:x(s64)\np:y() guarded");
            assertThat(different.actual()).isEqualTo("p:x(s32)\np:y() guarded");
            assertThat(different.difference().lines()).containsExactly("changed:   p:x, was (s64), is (s32)");
        });
    }

    @Test
    void a_missing_snapshot_is_an_error_that_shows_what_it_would_hold() throws IOException {
        file("markers/shops.txt", "p:x()");

        assertThatThrownBy(() -> comparing.check(MARKS, "p", name("markers/shop.txt"), "test"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("There is no snapshot markers/shop.txt or " + BESIDE + "markers/shop.txt")
                .hasMessageContaining("(nearest there: shops.txt)")
                .hasMessageContaining("To write it to " + folder.resolve("markers/shop.txt"))
                .hasMessageContaining("-Dprobeunit.snapshots=update")
                .hasMessageContaining("/bin/shop of container shop has:\n   p:x(s32)\n   p:y() guarded")
                .hasMessageNotContaining("q:z");
        assertThat(folder.resolve("markers/shop.txt")).doesNotExist();
    }

    @Test
    void a_provider_that_is_not_there_is_an_error_with_those_that_are() {
        assertThatThrownBy(() -> comparing.check(MARKS, "P", name("shop.txt"), "test"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("/bin/shop of container shop carries no marks of a provider 'P' (PU0727).")
                .hasMessageContaining("Did you mean 'p'")
                .hasMessageContaining("p (2), q (1)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_binary_without_marks_is_an_error_and_never_a_snapshot(boolean update) {
        Marks none = new Marks("shop", "/bin/shop", List.of(), List.of("1 notes are malformed."));

        assertThatThrownBy(() -> (update ? writing : comparing).check(none, "", name("shop.txt"), "test"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("carries no marks")
                .hasMessageContaining("in a library that it loads")
                .hasMessageContaining("1 notes are malformed.");
        assertThat(folder.resolve("shop.txt")).doesNotExist();
    }

    @Test
    void an_update_writes_what_then_compares() {
        Path file = folder.resolve("markers/shop.txt");

        assertThat(writing.check(MARKS, "p", name("markers/shop.txt"), "test"))
                .isEqualTo(new SnapshotResult.Written(file, true));
        assertThat(file).content().endsWith("\np:x(s32)\np:y() guarded\n");
        assertThat(comparing.check(MARKS, "p", name("markers/shop.txt"), "test"))
                .isInstanceOf(SnapshotResult.Same.class);
        assertThat(comparing.check(MARKS, "", name("markers/shop.txt"), "test"))
                .isInstanceOf(SnapshotResult.Different.class);
    }

    @Test
    void an_update_writes_where_the_snapshot_is() throws IOException {
        Path beside = file(BESIDE + "shop.txt", "damaged");

        assertThat(writing.check(MARKS, "p", name("shop.txt"), "test"))
                .isEqualTo(new SnapshotResult.Written(beside, false));
        assertThat(folder.resolve("shop.txt")).doesNotExist();
        try (var files = Files.list(beside.getParent())) {
            assertThat(files).containsExactly(beside);
        }
    }

    @Test
    void an_update_leaves_alone_what_is_right() throws IOException {
        Path file = file("shop.txt", "# a comment of a person\np:y() guarded\np:x(s32)\n");

        assertThat(writing.check(MARKS, "p", name("shop.txt"), "test")).isInstanceOf(SnapshotResult.Same.class);
        assertThat(file).content().startsWith("# a comment of a person");
    }

    @Test
    void two_that_would_write_one_file_are_refused() {
        writing.check(MARKS, "p", name("shop.txt"), "the one");
        writing.check(MARKS, "p", name("shop.txt"), "the same");

        assertThatThrownBy(() -> writing.check(MARKS, "q", name("shop.txt"), "the other"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("the one and the other")
                .hasMessageContaining("Give each its own snapshot");
    }

    @Test
    void a_folder_that_cannot_be_written_is_said() throws IOException {
        Files.writeString(folder.resolve("markers"), "a file");

        assertThatThrownBy(() -> writing.check(MARKS, "p", name("markers/shop.txt"), "test"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining(folder.resolve("markers/shop.txt") + " could not be written");
    }

    @Test
    void others_may_read_what_is_written() throws IOException {
        Path other = file("other.txt", "");
        writing.check(MARKS, "p", name("shop.txt"), "test");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("shop.txt"))))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)));
    }

    @Test
    void a_class_of_no_project_needs_the_folder_for_an_update() {
        assertThatThrownBy(() -> new MarkSnapshots(true, Optional.empty())
                        .check(MARKS, "p", new SnapshotName("shop.txt", Test.class), "test"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("Set probeunit.snapshots.folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../shop.txt", "a/../../shop.txt", "markers/", "a\\b", "a\nb"})
    void a_name_never_leaves_the_resources(String text) {
        assertThatThrownBy(() -> name(text))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("names no file in the test resources");
    }
}
