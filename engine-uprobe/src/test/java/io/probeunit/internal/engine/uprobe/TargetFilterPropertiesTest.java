package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tasks that are counted are those with the target's group among the groups above them, at a level that it may have. */
class TargetFilterPropertiesTest {

    private static final long TARGET = 0x1_0000_1234L;

    private final FakeKernel kernel = new FakeKernel();

    @Property(tries = 2000)
    void takes_the_tasks_below_the_target(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        int smallest = random.nextInt(4);
        CgroupLevels levels = new CgroupLevels(smallest, smallest + random.nextInt(12));
        int place = random.nextInt(20);
        List<Long> groups = LongStream.range(1, 2 + random.nextInt(20))
                .mapToObj(group -> group - 1 == place ? TARGET : group)
                .toList();

        boolean inTarget = levels.all().anyMatch(level -> level == place && level < groups.size());

        assertThat(counted(levels, groups)).as("%s of %s", levels, groups).isEqualTo(inTarget ? 1 : 0);
    }

    /** The lower half of the id alone does not make a group the target's. */
    @Example
    void compares_all_of_the_id() {
        List<Long> groups =
                IntStream.range(0, 5).mapToObj(i -> TARGET & 0xffff_ffffL).toList();

        assertThat(counted(new CgroupLevels(1, 4), groups)).isZero();
        assertThat(counted(CgroupLevels.exactly(2), groups)).isZero();
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    /** Runs the program once for a task whose groups are these, the root first. */
    private long counted(CgroupLevels levels, List<Long> groups) {
        Bpf bpf = new Bpf(kernel);
        CounterMap counters = new CounterMap(kernel, bpf, 1, 0, 1);
        Assembler program = CountingProgram.write(
                TaskFilter.of(new Cgroup("/docker/x", TARGET, levels)),
                1,
                counters,
                RecordRing.of(kernel, bpf, 1 << 16),
                List.of(new Layout(List.of())),
                Optional.empty(),
                new CookieSource.Fixed(0),
                new X86PtRegs(),
                Optional.empty());
        ByteBuffer value = ByteBuffer.allocate(counters.row()).order(ByteOrder.nativeOrder());
        new Machine(value)
                .function(
                        BpfFunction.GET_CURRENT_ANCESTOR_CGROUP_ID,
                        level -> level < groups.size() ? groups.get((int) level) : 0)
                .run(program.assemble());
        return value.getLong(CounterMap.PLAIN);
    }
}
