package io.probeunit.internal.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.perf.CpuProfile.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileBuilderTest {

    private static final int ONE = 10;
    private static final int TWO = 20;

    private final ProfileBuilder builder = new ProfileBuilder();

    @Test
    void a_sample_is_where_its_process_had_the_file_mapped() {
        builder.add(mapped(0, ONE, 0x1000, "/a"));
        builder.add(mapped(0, TWO, 0x1000, "/b"));
        builder.add(ran(5, ONE, 0x1000));
        builder.add(ran(5, TWO, 0x10ff));
        builder.add(ran(6, TWO, 0x10ff));

        assertThat(builder.finish(false))
                .isEqualTo(new CpuProfile(Map.of(place("/a", 0x200), 1L, place("/b", 0x2ff), 2L), false));
    }

    @Test
    void what_is_in_no_file_is_told_apart_and_counts() {
        builder.add(mapped(0, ONE, 0x1000, "/a"));
        builder.add(mapped(0, ONE, 0x3000, "//anon"));
        builder.add(mapped(0, ONE, 0x5000, "[vdso]"));
        builder.add(ran(5, ONE, 0x1100));
        builder.add(ran(5, ONE, 0xfff));
        builder.add(ran(5, ONE, 0x3001));
        builder.add(ran(5, ONE, 0x5001));
        builder.add(ran(5, TWO, 0x1000));

        CpuProfile profile = builder.finish(false);

        assertThat(profile.samples()).isEqualTo(Map.of(new Place("", 0, 0), 4L, new Place("[vdso]", 0, 0), 1L));
        assertThat(profile.total()).isEqualTo(5);
    }

    /** Nothing tells of dlclose(3), but what is mapped there next does. */
    @Test
    void what_is_covered_by_a_newer_mapping_is_gone() {
        builder.add(new TaskEvent.Mapped(0, ONE, 0x3000, 0x100, 0, "/inside", 7));
        builder.add(new TaskEvent.Mapped(0, ONE, 0x1000, 0x1100, 0, "/before", 7));
        builder.add(new TaskEvent.Mapped(0, ONE, 0x6f00, 0x200, 0x500, "/behind", 7));
        builder.add(new TaskEvent.Mapped(1, ONE, 0x2000, 0x5000, 0, "/new", 7));
        builder.add(ran(5, ONE, 0x3010));
        builder.add(ran(5, ONE, 0x20ff));
        builder.add(ran(5, ONE, 0x6fff));
        builder.add(ran(5, ONE, 0x1fff));
        builder.add(ran(5, ONE, 0x7000));

        assertThat(builder.finish(false).samples())
                .isEqualTo(Map.of(
                        place("/new", 0x1010), 1L,
                        place("/new", 0xff), 1L,
                        place("/new", 0x4fff), 1L,
                        place("/before", 0xfff), 1L,
                        place("/behind", 0x600), 1L));
    }

    /** As a program does that maps a hole's surroundings first. */
    @Test
    void a_mapping_inside_another_leaves_its_beginning_and_its_end() {
        builder.add(new TaskEvent.Mapped(0, ONE, 0x1000, 0x3000, 0, "/a", 7));
        builder.add(new TaskEvent.Mapped(1, ONE, 0x2000, 0x1000, 0, "/b", 7));
        builder.add(ran(5, ONE, 0x1fff));
        builder.add(ran(5, ONE, 0x2000));
        builder.add(ran(5, ONE, 0x3000));

        assertThat(builder.finish(false).samples())
                .isEqualTo(Map.of(place("/a", 0xfff), 1L, place("/b", 0), 1L, place("/a", 0x2000), 1L));
    }

    @Test
    void a_child_has_what_its_parent_had_until_it_executes_something_else() {
        builder.add(mapped(0, ONE, 0x1000, "/a"));
        builder.add(new TaskEvent.Forked(5, TWO, ONE));
        builder.add(ran(6, TWO, 0x1000));
        builder.add(new TaskEvent.Executed(7, TWO));
        builder.add(ran(8, TWO, 0x1000));
        builder.add(mapped(9, TWO, 0x1000, "/b"));
        builder.add(ran(10, TWO, 0x1000));
        builder.add(ran(10, ONE, 0x1000));

        assertThat(builder.finish(false).samples())
                .isEqualTo(Map.of(place("/a", 0x200), 2L, place("/b", 0x200), 1L, new Place("", 0, 0), 1L));
    }

    /** It may have executed another program before perf began. */
    @Test
    void a_child_that_was_there_before_has_its_own_alone() {
        builder.add(mapped(0, ONE, 0x1000, "/a"));
        builder.add(new TaskEvent.Forked(0, TWO, ONE));
        builder.add(ran(6, TWO, 0x1000));

        assertThat(builder.finish(false).samples()).isEqualTo(Map.of(new Place("", 0, 0), 1L));
    }

    /** The ring of one CPU is read after that of another, whose records are newer. */
    @Test
    void records_of_several_cpus_are_put_into_the_order_of_time() {
        builder.add(ran(20, ONE, 0x1000));
        builder.round();
        builder.add(mapped(10, ONE, 0x1000, "/a"));
        builder.add(mapped(30, ONE, 0x1000, "/b"));
        builder.round();
        builder.round();
        builder.add(ran(40, ONE, 0x1000));

        assertThat(builder.finish(true))
                .isEqualTo(new CpuProfile(Map.of(place("/a", 0x200), 1L, place("/b", 0x200), 1L), true));
    }

    private static TaskEvent mapped(long nanos, int pid, long start, String path) {
        return new TaskEvent.Mapped(nanos, pid, start, 0x100, 0x200, path, 7);
    }

    private static TaskEvent ran(long nanos, int pid, long address) {
        return new TaskEvent.Ran(nanos, pid, address);
    }

    private static Place place(String path, long offset) {
        return new Place(path, 7, offset);
    }
}
