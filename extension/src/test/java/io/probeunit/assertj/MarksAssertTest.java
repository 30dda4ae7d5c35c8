package io.probeunit.assertj;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.opentest4j.AssertionFailedError;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class MarksAssertTest {

    private static final Marks MARKS = new Marks(
            "shop",
            "/bin/shop",
            List.of(
                    mark("shop", "order__placed", true, "s32", "u64"),
                    mark("shop", "order__rejected", false, "s32"),
                    mark("other", "tick", false)),
            List.of());
    private static final Marks NONE = new Marks("shop", "/bin/none", List.of(), List.of("One note was left out."));

    @TempDir
    Path folder;

    private static Marks.Mark mark(String provider, String name, boolean guarded, String... arguments) {
        return new Marks.Mark(provider, name, List.of(List.of(arguments)), guarded);
    }

    @AfterEach
    void forget() {
        System.clearProperty("probeunit.snapshots");
        System.clearProperty("probeunit.snapshots.folder");
    }

    @Test
    void has_a_mark() {
        assertThat(MARKS)
                .hasMark("shop:order__placed")
                .hasMark("order-placed")
                .hasMark("*:tick")
                .hasMark("order_*");

        assertThatThrownBy(() -> assertThat(MARKS).as("the shop").hasMark("shop:order__place"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[the shop] Expecting a mark shop:order__place in /bin/shop of container shop.")
                .hasMessageContaining("Nearest: shop:order__placed")
                .hasMessageContaining("other:tick()\nshop:order__placed(s32, u64) guarded");
        assertThatThrownBy(() -> assertThat(MARKS).hasMark("other:order__placed"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> assertThat(NONE).hasMark("x"))
                .hasMessageContaining("no marks at all. One note was left out.");
        assertThatThrownBy(() -> assertThat(MARKS).hasMark(":")).isInstanceOf(PlanException.class);
    }

    @Test
    void has_no_mark() {
        assertThat(MARKS).hasNoMark("shop:debug_*").hasNoMark("shop:tick");

        assertThatThrownBy(() -> assertThat(MARKS).hasNoMark("shop:*"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but there is:")
                .hasMessageContaining("shop:order__rejected(s32)")
                .hasMessageNotContaining("tick");
    }

    @Test
    void where_there_are_no_marks_that_one_is_missing_is_no_success() {
        assertThatThrownBy(() -> assertThat(NONE).hasNoMark("shop:tick"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/bin/none of container shop carries no marks at all")
                .hasMessageContaining("isEmpty()");
        assertThat(NONE).isEmpty();
        assertThatThrownBy(() -> assertThat(MARKS).isEmpty()).hasMessageContaining("other:tick()");
    }

    @Test
    void has_marks_of_a_provider() {
        assertThat(MARKS).hasMarksOf("shop").ofProvider("other").containsExactly("other:tick()");

        assertThatThrownBy(() -> assertThat(MARKS).hasMarksOf("shops"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("its providers are: other, shop. Nearest: shop.");
        assertThatThrownBy(() -> assertThat(MARKS).ofProvider("shops")).isInstanceOf(AssertionError.class);
    }

    @Test
    void contains_exactly() {
        assertThat(MARKS)
                .containsExactly("shop:order__rejected(s32)", "other:tick()", "shop:order__placed(s32, u64) guarded");

        assertThatThrownBy(() ->
                        assertThat(MARKS).containsExactly("shop:order__rejected(s64)", "other:tick()", "shop:gone()"))
                .isInstanceOfSatisfying(AssertionFailedError.class, failure -> {
                    assertThat(failure).hasMessageContaining("""
                            removed:   shop:gone()
                            added:     shop:order__placed(s32, u64) guarded
                            changed:   shop:order__rejected, was (s64), is (s32)""");
                    assertThat(failure.getExpected().getStringRepresentation()).contains("shop:gone()");
                });
        assertThatThrownBy(() -> assertThat(MARKS).containsExactly()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(MARKS).containsExactly("shop:order"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("containsExactly, line 1");
    }

    @Test
    void matches_a_snapshot_of_the_calling_class() throws IOException {
        System.setProperty("probeunit.snapshots.folder", folder.toString());
        Path beside = Files.createDirectories(folder.resolve("io/probeunit/assertj"));
        Files.writeString(beside.resolve("shop.txt"), "other:tick()\n");

        assertThat(MARKS).ofProvider("other").matchesSnapshot("shop.txt");
        assertThatThrownBy(() -> assertThat(MARKS).matchesSnapshot("shop.txt"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("Expecting the marks of /bin/shop of container shop to be those of " + folder)
                .hasMessageContaining("added:     shop:order__rejected(s32)")
                .hasMessageContaining("-Dprobeunit.snapshots=update");
        assertThatThrownBy(() -> assertThat(MARKS).matchesSnapshot("none.txt"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("There is no snapshot none.txt or io/probeunit/assertj/none.txt");
    }

    @Test
    void writes_a_snapshot_where_that_is_asked_for() {
        System.setProperty("probeunit.snapshots.folder", folder.toString());
        System.setProperty("probeunit.snapshots", "UPDATE");

        assertThat(MARKS).matchesSnapshot("markers/shop.txt");

        assertThat(folder.resolve("markers/shop.txt")).content().contains("\nshop:order__rejected(s32)\n");
        System.setProperty("probeunit.snapshots", "upd");
        assertThatThrownBy(() -> assertThat(MARKS).matchesSnapshot("markers/shop.txt"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("probeunit.snapshots = upd is not valid");
    }

    @Test
    void goes_on_with_a_list() {
        assertThat(MARKS).marks().hasSize(3).extracting(Marks.Mark::guarded).containsExactly(false, true, false);
        assertThat(MARKS.find("shop:order__rejected")).isPresent();
        assertThat(MARKS.find("order__rejected")).isEmpty();
    }
}
