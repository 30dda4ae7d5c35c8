package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.plan.Comparison;
import io.probeunit.internal.plan.ValueType;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole program of a small session, as text; conformance loads such programs into the kernel. */
class CountingProgramTest {

    private static final Cgroup CGROUP = new Cgroup("/docker/x", 0x1234, CgroupLevels.exactly(2));

    private static final Layout NOTHING = new Layout(List.of());
    private static final Layout NUMBERS = new Layout(List.of(
            new SlotReading.Register(112, 0, 8, false),
            new SlotReading.Constant(-4),
            new SlotReading.Memory(152, 80, 8, -16, 4, true)));
    private static final Layout TEXTS = new Layout(List.of(
            new SlotReading.Text(new SlotReading.Register(104, 0, 8, false)),
            new SlotReading.Text(new SlotReading.Memory(-1, -1, 1, 0x601000, 8, false)),
            new SlotReading.Text(new SlotReading.Constant(0x602000))));

    private final FakeKernel kernel = new FakeKernel();
    private final Bpf bpf = new Bpf(kernel);

    @Test
    void a_link_finds_its_point_by_the_cookie_and_may_sleep() throws IOException {
        assertListing("link.txt", new CookieSource.FromLink(), List.of(NOTHING, NUMBERS, TEXTS));
    }

    @Test
    void an_event_knows_its_point_and_does_not_sleep() throws IOException {
        assertListing("event.txt", new CookieSource.Fixed(2L << 32 | 1), List.of(NOTHING, NUMBERS, TEXTS));
    }

    @Test
    void a_firing_without_details_is_judged_by_the_filters_of_its_site() throws IOException {
        SlotReading register = new SlotReading.Register(112, 0, 4, true);
        SlotReading memory = new SlotReading.Memory(152, 80, 8, -16, 4, true);
        SiteCondition less =
                new SiteCondition(register, Optional.empty(), true, Comparison.LESS, BigInteger.valueOf(-2));
        SiteCondition atLeast =
                new SiteCondition(memory, Optional.of(ValueType.U8), false, Comparison.AT_LEAST, BigInteger.TEN);
        Layout judged =
                new Layout(List.of(), List.of(new SiteFilter(List.of(less)), new SiteFilter(List.of(less, atLeast))));

        assertListing("judging.txt", new CookieSource.FromLink(), List.of(NOTHING, judged));
    }

    @Test
    void an_event_has_the_code_of_its_own_layout_alone() {
        List<Layout> many = IntStream.range(0, 500)
                .mapToObj(i -> new Layout(List.of(new SlotReading.Constant(i))))
                .toList();

        assertThat(write(new CookieSource.Fixed(499L << 32), many).assemble()).hasSizeLessThan(200);
    }

    @Test
    void so_many_layouts_that_short_jumps_do_not_reach_across_can_be_written() {
        List<Layout> many = IntStream.range(0, 1000)
                .mapToObj(i -> new Layout(List.of(
                        new SlotReading.Text(new SlotReading.Constant(i)),
                        new SlotReading.Text(new SlotReading.Constant(-i)))))
                .toList();

        assertThat(write(new CookieSource.FromLink(), many).assemble()).hasSizeGreaterThan(2 * Short.MAX_VALUE);
    }

    /**
     * From 64 bytes on, Linux 6.13 and later keep the variables of a program in a place for each CPU, where the tasks of a
     * kernel with preemption overwrite each other's.
     */
    @Test
    void its_variables_are_so_few_that_they_stay_on_the_stack_of_the_task() {
        SlotReading memory = new SlotReading.Memory(152, 80, 8, -16, 4, true);
        SiteCondition condition =
                new SiteCondition(memory, Optional.of(ValueType.U8), false, Comparison.AT_LEAST, BigInteger.TEN);
        Layout judged = new Layout(List.of(), List.of(new SiteFilter(List.of(condition))));

        int link = depth(write(new CookieSource.FromLink(), List.of(NOTHING, NUMBERS, TEXTS, judged)));
        int event = depth(write(new CookieSource.Fixed(2L << 32 | 1), List.of(NOTHING, NUMBERS, TEXTS)));

        assertThat(List.of(link, event))
                .allSatisfy(bytes -> assertThat(bytes).isPositive().isLessThan(64));
    }

    /** How far below the frame's end (register 10) anything is read, written, or pointed to. */
    private static int depth(Assembler program) {
        List<Instruction> all = program.assemble();
        return -IntStream.range(0, all.size())
                .map(i -> {
                    Instruction one = all.get(i);
                    boolean pointer = one.code() == 0xbf && one.source() == 10;
                    boolean access = (one.code() & 7) == 1 && one.source() == 10
                            || ((one.code() & 7) == 2 || (one.code() & 7) == 3) && one.destination() == 10;
                    return pointer ? all.get(i + 1).immediate() : access ? one.offset() : 0;
                })
                .min()
                .orElseThrow();
    }

    private void assertListing(String resource, CookieSource cookie, List<Layout> layouts) throws IOException {
        try (InputStream golden = CountingProgramTest.class.getResourceAsStream(resource)) {
            assertThat(write(cookie, layouts).listing())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static int filters(List<Layout> layouts) {
        return layouts.stream().mapToInt(l -> l.filters().size()).max().orElse(0);
    }

    private Assembler write(CookieSource cookie, List<Layout> layouts) {
        CounterMap counters = new CounterMap(kernel, bpf, 3, filters(layouts), 4);
        RecordRing ring = RecordRing.of(kernel, bpf, 1 << 16);
        return CountingProgram.write(
                TaskFilter.of(CGROUP),
                3,
                counters,
                ring,
                layouts,
                Optional.empty(),
                cookie,
                new X86PtRegs(),
                Optional.empty());
    }
}
