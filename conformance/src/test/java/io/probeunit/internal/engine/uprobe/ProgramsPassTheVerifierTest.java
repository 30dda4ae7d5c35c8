package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.LocalKernel;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Comparison;
import io.probeunit.internal.plan.ValueType;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.NotStarted;
import io.probeunit.internal.targets.Target;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the built-in engine writes for any session is a program that this machine's kernel accepts. */
@Tag("once")
@Timeout(60)
class ProgramsPassTheVerifierTest {

    private static final Cgroup CGROUP = new Cgroup("/docker/x", 0x1_0000_0007L, CgroupLevels.exactly(2));
    private static final X86PtRegs REGISTERS = new X86PtRegs();
    private static final int MOST_STRINGS = 6;

    private final Kernel kernel = new LocalKernel();
    private final Bpf bpf = new Bpf(kernel);

    @ParameterizedTest
    @MethodSource("seeds")
    void any_session_is_accepted(long seed) {
        Random random = new Random(seed);
        int points = 1 + (int) Math.pow(1000, random.nextDouble());
        int cpus = 1 + random.nextInt(256);
        List<Layout> layouts = Stream.generate(() -> layout(random, random.nextInt(MOST_STRINGS + 1)))
                .limit(1 + random.nextInt(Math.min(points, 60)))
                .distinct()
                .toList();

        accepts(points, cpus, layouts, random);
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @Test
    void a_session_without_captures_is_accepted() {
        accepts(1, 1, List.of(new Layout(List.of())), new Random(1));
    }

    @Test
    void a_target_of_which_the_level_is_not_known_is_accepted() {
        Cgroup target = new Cgroup("/docker/x", CGROUP.id(), new CgroupLevels(3, 14));

        accepts(TaskFilter.of(target), 3, 2, List.of(new Layout(List.of()), layout(new Random(3), 2)), new Random(3));
    }

    @Test
    void a_target_that_has_not_started_is_accepted() {
        Target created = Target.created(
                "shop",
                "0123456789abcdef".repeat(4),
                new BinarySelector.AbsolutePath("/bin/shop"),
                new NotStarted("/", Optional.empty(), List.of()));
        try (CgroupToCome coming = CgroupToCome.of(kernel, bpf, created)) {
            Release.descriptor(kernel, coming.await(new LocalHost(), bpf));

            accepts(coming, 3, 2, List.of(new Layout(List.of()), layout(new Random(3), 2)), new Random(3));
        }
    }

    @Test
    void a_thousand_points_that_are_all_read_in_another_way_are_accepted() {
        Random random = new Random(1000);
        List<Layout> layouts = Stream.generate(() -> layout(random, MOST_STRINGS))
                .distinct()
                .limit(1000)
                .toList();

        accepts(1000, 256, layouts, random);
    }

    @Test
    void the_most_points_of_a_cookie_are_accepted() {
        accepts(Sites.MOST_POINTS, 2, List.of(new Layout(List.of())), new Random(2));
    }

    /** Fails in the middle of the program, so that the end of the log is told and not its beginning. */
    @Test
    void a_refusal_ends_with_the_verifiers_reason() {
        Assembler wrong = new Assembler();
        IntStream.range(0, 50_000).forEach(i -> wrong.move(Reg.R0, i));
        wrong.load(Width.DOUBLE, Reg.R0, Reg.R9, 0).exit();

        assertThatThrownBy(() -> bpf.load(wrong, Bpf.Kind.PERF)).hasMessageContaining("R9 !read_ok");
    }

    /** In a file of its own: whoever starts a program of this machine meanwhile would meet the breakpoint. */
    @Test
    void no_program_that_we_start_inherits_a_descriptor(@TempDir Path folder) throws IOException {
        Path program = Files.copy(Path.of("/bin/sh"), folder.resolve("program"));
        List<Integer> open = new ArrayList<>();
        try (CounterMap counters = new CounterMap(kernel, bpf, 3, 0, 2);
                RecordRing ring = RecordRing.of(kernel, bpf, 1 << 16)) {
            open.add(bpf.load(Bpf.nothing(), Bpf.Kind.LINK));
            open.add(bpf.link(
                    open.get(0), program.toString(), List.of(new Bpf.Place(0x2000, 0, Optional.empty())), false));
            for (int descriptor : List.of(counters.descriptor(), ring.descriptor(), open.get(0), open.get(1))) {
                assertThat(Files.readString(Path.of("/proc/self/fdinfo/" + descriptor)))
                        .containsPattern("flags:\\s+02[0-7]{6}\\b");
            }
        } finally {
            Release.descriptors(kernel, open);
        }
    }

    private void accepts(int points, int cpus, List<Layout> layouts, Random random) {
        accepts(TaskFilter.of(CGROUP), points, cpus, layouts, random);
    }

    private void accepts(TaskFilter target, int points, int cpus, List<Layout> layouts, Random random) {
        int layout = random.nextInt(layouts.size());
        CookieSource fixed = new CookieSource.Fixed((long) layout << 32 | random.nextInt(points));
        try (CounterMap counters = new CounterMap(kernel, bpf, points, SiteFilter.MOST, cpus);
                RecordRing ring = RecordRing.of(kernel, bpf, 1 << 16);
                CallTimes times = new CallTimes(kernel, bpf, Registers.of(kernel.machine()))) {
            Optional<CallTimes> timed =
                    layouts.stream().anyMatch(Layout::isTimed) ? Optional.of(times) : Optional.empty();
            Optional<PidNumbers> numbers =
                    random.nextBoolean() ? Optional.of(new PidNumbers(4, 4026531836L)) : Optional.empty();
            load(
                    CountingProgram.write(target, points, counters, ring, layouts, timed, fixed, REGISTERS, numbers),
                    Bpf.Kind.PERF);
            boolean reads = layouts.stream().anyMatch(Layout::reads);
            load(
                    CountingProgram.write(
                            target,
                            points,
                            counters,
                            ring,
                            layouts,
                            timed,
                            new CookieSource.FromLink(),
                            REGISTERS,
                            numbers),
                    reads ? Bpf.Kind.LINK_MAY_SLEEP : Bpf.Kind.LINK);
            load(times.entries(target, fixed), Bpf.Kind.PERF);
            load(times.entries(target, new CookieSource.FromLink()), Bpf.Kind.LINK);
        }
    }

    private void load(Assembler program, Bpf.Kind kind) {
        Release.descriptor(kernel, bpf.load(program, kind));
    }

    private static Layout layout(Random random, int strings) {
        List<SlotReading> slots = new ArrayList<>();
        IntStream.range(0, strings).forEach(i -> slots.add(new SlotReading.Text(reading(random))));
        IntStream.range(0, random.nextInt(7)).forEach(i -> slots.add(number(random)));
        Collections.shuffle(slots, random);
        int filters = random.nextBoolean() ? 0 : random.nextInt(SiteFilter.MOST + 1);
        return new Layout(
                slots, Stream.generate(() -> filter(random)).limit(filters).toList());
    }

    private static SiteFilter filter(Random random) {
        return new SiteFilter(Stream.generate(() -> condition(random))
                .limit(1 + random.nextInt(3))
                .toList());
    }

    /** Also such that no value or every value satisfies. */
    private static SiteCondition condition(Random random) {
        List<Comparison> comparisons =
                EnumSet.complementOf(EnumSet.of(Comparison.FINDS)).stream().toList();
        List<ValueType> types =
                EnumSet.complementOf(EnumSet.of(ValueType.STRING)).stream().toList();
        return new SiteCondition(
                number(random),
                random.nextBoolean() ? Optional.empty() : Optional.of(types.get(random.nextInt(types.size()))),
                random.nextBoolean(),
                comparisons.get(random.nextInt(comparisons.size())),
                random.nextBoolean() ? BigInteger.valueOf(random.nextLong()) : new BigInteger(64, random));
    }

    private static SlotReading number(Random random) {
        return random.nextInt(4) == 0 ? new SlotReading.Took() : reading(random);
    }

    private static SlotReading reading(Random random) {
        int size = 1 << random.nextInt(4);
        return switch (random.nextInt(3)) {
            case 0 -> new SlotReading.Constant(random.nextLong());
            case 1 -> new SlotReading.Register(register(random), random.nextInt(2) * 8, size, random.nextBoolean());
            default ->
                new SlotReading.Memory(
                        random.nextBoolean() ? register(random) : -1,
                        random.nextBoolean() ? register(random) : -1,
                        1 << random.nextInt(4),
                        random.nextBoolean() ? random.nextLong() : random.nextInt(100) - 50,
                        size,
                        random.nextBoolean());
        };
    }

    private static int register(Random random) {
        return REGISTERS.offset(random.nextInt(17));
    }
}
