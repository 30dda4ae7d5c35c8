package io.probeunit.internal.inventory;

import static io.probeunit.internal.inventory.SnapshotTextTest.mark;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Marks;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarksDifferenceTest {

    @Test
    void the_same_marks_differ_in_nothing_whatever_their_order() {
        MarksDifference none = MarksDifference.between(
                List.of(mark("a", "x", false), mark("b", "y", true, "s32")),
                List.of(mark("b", "y", true, "s32"), mark("a", "x", false)));

        assertThat(none.isNone()).isTrue();
        assertThat(none.lines()).isEmpty();
    }

    @Test
    void what_is_removed_added_and_changed_is_told_by_name() {
        MarksDifference difference = MarksDifference.between(
                List.of(
                        mark("p", "width", false, "s32"),
                        mark("p", "count", false, "s32"),
                        mark("p", "guard", true),
                        mark("p", "gone", false),
                        mark("p", "order__placed", false, "s32")),
                List.of(
                        mark("p", "width", false, "s64"),
                        mark("p", "count", false, "s32", "u64"),
                        mark("p", "guard", false),
                        mark("q", "unlike", false, "u8"),
                        mark("p", "order_placed", false, "s32")));

        assertThat(difference.isNone()).isFalse();
        assertThat(difference.lines())
                .containsExactly(
                        "removed:   p:gone()",
                        "removed:   p:order__placed(s32) (is it p:order_placed now?)",
                        "added:     p:order_placed(s32)",
                        "added:     q:unlike(u8)",
                        "changed:   p:count, was (s32), is (s32, u64)",
                        "changed:   p:guard, was () guarded, is ()",
                        "changed:   p:width, was (s32), is (s64)");
    }

    @Test
    void each_kind_of_difference_alone_is_one() {
        List<Marks.Mark> one = List.of(mark("p", "x", false));
        List<Marks.Mark> two = List.of(mark("p", "x", false), mark("p", "y", false));

        assertThat(MarksDifference.between(two, one).isNone()).isFalse();
        assertThat(MarksDifference.between(one, two).isNone()).isFalse();
        assertThat(MarksDifference.between(one, List.of(mark("p", "x", true))).isNone())
                .isFalse();
    }

    @Test
    void a_mark_with_other_arguments_is_not_taken_for_a_renamed_one() {
        assertThat(MarksDifference.between(
                                List.of(mark("p", "order__placed", false, "s32")),
                                List.of(mark("p", "order_placed", false, "s64")))
                        .lines())
                .containsExactly("removed:   p:order__placed(s32)", "added:     p:order_placed(s64)");
    }

    @Test
    void a_whole_other_file_does_not_flood_the_failure() {
        List<Marks.Mark> many = IntStream.range(0, 130)
                .mapToObj(i -> mark("p", "m%03d".formatted(i), false))
                .toList();

        assertThat(MarksDifference.between(many, List.of(mark("q", "z", false))).lines())
                .hasSize(102)
                .contains("removed:   p:m099()", "removed:   and 30 more", "added:     q:z()");
    }
}
