package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.TargetFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The program's judgement of a firing is that of the conditions themselves. Conformance asks a kernel the same. */
class JudgingPropertiesTest {

    private static final Cgroup CGROUP = new Cgroup("/docker/x", 0x1234, CgroupLevels.exactly(2));
    private static final PtRegs REGISTERS = new X86PtRegs();
    private static final TargetFile FILE = new TargetFile("/bin/shop", "/merged/bin/shop", new FileIdentity(1, 2));
    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");
    private static final List<String> TYPES =
            List.of("", ":s8", ":u8", ":s16", ":u16", ":s32", ":u32", ":s64", ":u64", ":hex");
    private static final List<Long> CORNERS =
            List.of(0L, 1L, -1L, 127L, 128L, 255L, -128L, 1L << 31, (1L << 31) - 1, Long.MIN_VALUE, Long.MAX_VALUE);

    /** Behind the counters that every point has. */
    private static final int FIRST_FILTER = CounterMap.LOST + Long.BYTES;

    private final FakeKernel kernel = new FakeKernel();

    @Property(tries = 3000)
    void is_that_of_the_conditions(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        List<Condition> all = Stream.generate(() -> condition(random))
                .limit(1 + random.nextInt(6))
                .toList();
        List<IntegerFilter> filters = IntStream.rangeClosed(1, all.size())
                .mapToObj(i -> new IntegerFilter(all.subList(random.nextInt(i), i)))
                .distinct()
                .toList();
        List<MarkSite> sites = Stream.generate(() -> site(random)).limit(2).toList();
        ProbePoint point =
                new ProbePoint.UsdtMark(new Mark("shop", "order", sites), FILE, List.of(), filters, List.of());

        for (int site = 0; site < sites.size(); site++) {
            Firing firing = new Firing(random);
            ByteBuffer counters = run(point, site, firing, random.nextBoolean());
            int mark = site;
            for (int i = 0; i < filters.size(); i++) {
                List<Optional<Boolean>> each = filters.get(i).conditions().stream()
                        .map(c -> holds(c, point, sites.get(mark), firing))
                        .toList();
                boolean fails = each.contains(Optional.of(false));
                boolean unknown = !fails && each.contains(Optional.<Boolean>empty());
                int satisfied = FIRST_FILTER + 16 * i;
                assertThat(counters.getLong(satisfied)).as(filters.toString()).isEqualTo(fails || unknown ? 0 : 1);
                assertThat(counters.getLong(satisfied + 8))
                        .as(filters.toString())
                        .isEqualTo(unknown ? 1 : 0);
            }
            assertThat(counters.getLong(CounterMap.PLAIN)).isEqualTo(1);
        }
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    /** What was in the registers, and in the memory that could be read. */
    private static final class Firing {
        private final long[] registers;
        private final byte[] memory;
        private final boolean readable;

        Firing(Random random) {
            registers = random.longs(CORNERS.size() + 17L)
                    .map(raw -> random.nextInt(3) == 0 ? CORNERS.get(random.nextInt(CORNERS.size())) : raw)
                    .toArray();
            memory = ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putLong(random.nextBoolean() ? CORNERS.get(random.nextInt(CORNERS.size())) : random.nextLong())
                    .array();
            readable = random.nextInt(4) > 0;
        }

        long register(int offset) {
            return registers[offset / Long.BYTES];
        }
    }

    /** Runs the program of a session with this point alone, of which no firing has details. */
    private ByteBuffer run(ProbePoint point, int site, Firing firing, boolean link) {
        Sites sites = Sites.of(List.of(point), REGISTERS);
        Bpf bpf = new Bpf(kernel);
        CounterMap counters = new CounterMap(kernel, bpf, 1, point.filters().size(), 1);
        RecordRing ring = RecordRing.of(kernel, bpf, 1 << 16);
        long cookie = sites.sites().get(site).cookie();
        Assembler program = CountingProgram.write(
                TaskFilter.of(CGROUP),
                1,
                counters,
                ring,
                sites.layouts(),
                Optional.empty(),
                link ? new CookieSource.FromLink() : new CookieSource.Fixed(cookie),
                new X86PtRegs(),
                Optional.empty());

        ByteBuffer value = ByteBuffer.allocate(counters.row()).order(ByteOrder.nativeOrder());
        Machine machine = new Machine(value)
                .function(BpfFunction.GET_CURRENT_ANCESTOR_CGROUP_ID, level -> CGROUP.id())
                .function(BpfFunction.GET_ATTACH_COOKIE, context -> cookie);
        for (int register = 0; register < 17; register++) {
            int offset = REGISTERS.offset(register);
            machine.context().putLong(offset, firing.register(offset));
        }
        if (firing.readable) {
            sites.layouts().get(Sites.layout(cookie)).filters().stream()
                    .flatMap(c -> c.conditions().stream())
                    .filter(SiteCondition::readsMemory)
                    .forEach(c -> machine.memory(address((SlotReading.Memory) c.value(), firing), firing.memory));
        }
        machine.run(program.assemble());
        return value;
    }

    /** As the recording judges by the details: see {@code io.probeunit.internal.recording.PointFilter}. */
    private static Optional<Boolean> holds(Condition condition, ProbePoint point, MarkSite site, Firing firing) {
        SlotReading reading = SlotReading.ofMark(new Slot(condition.value().source(), false), site, REGISTERS);
        return recorded(reading, firing)
                .map(bits -> condition.value().type().map(t -> t.narrow(bits)).orElse(bits))
                .map(number -> condition.holds(number, point.isSigned(condition.value())));
    }

    private static Optional<Long> recorded(SlotReading reading, Firing firing) {
        if (reading instanceof SlotReading.Constant constant) {
            return Optional.of(constant.value());
        }
        if (reading instanceof SlotReading.Register r) {
            return Optional.of(SlotReading.narrow(firing.register(r.offset()), r.shift(), r.size(), r.signed()));
        }
        SlotReading.Memory m = (SlotReading.Memory) reading;
        long raw = ByteBuffer.wrap(firing.memory).order(ByteOrder.nativeOrder()).getLong();
        return firing.readable ? Optional.of(SlotReading.narrow(raw, 0, m.size(), m.signed())) : Optional.empty();
    }

    private static long address(SlotReading.Memory memory, Firing firing) {
        return memory.displacement()
                + (memory.base() < 0 ? 0 : firing.register(memory.base()))
                + (memory.index() < 0 ? 0 : firing.register(memory.index()) * memory.scale());
    }

    private static Condition condition(Random random) {
        String literal = switch (random.nextInt(4)) {
            case 0 -> Long.toUnsignedString(random.nextLong());
            case 1 -> String.valueOf(random.nextInt(300) - 150);
            default -> String.valueOf(CORNERS.get(random.nextInt(CORNERS.size())));
        };
        return Condition.parse(
                "arg%d%s %s %s"
                        .formatted(
                                1 + random.nextInt(4),
                                TYPES.get(random.nextInt(TYPES.size())),
                                OPERATORS.get(random.nextInt(OPERATORS.size())),
                                literal),
                List.of());
    }

    private static MarkSite site(Random random) {
        List<Operand> operands = new ArrayList<>();
        while (operands.size() < 4) {
            operands.add(operand(random));
        }
        return new MarkSite(0x10, 0x10, Optional.empty(), operands);
    }

    private static Operand operand(Random random) {
        int size = 1 << random.nextInt(4);
        boolean signed = random.nextBoolean();
        return switch (random.nextInt(3)) {
            case 0 ->
                new Operand(
                        size,
                        signed,
                        new OperandLocation.Constant(SlotReading.narrow(random.nextLong(), 0, size, signed)),
                        "constant");
            case 1 -> {
                boolean second = random.nextInt(5) == 0;
                int width = second ? 1 : size;
                yield new Operand(
                        width, signed, new OperandLocation.Register(random.nextInt(16), second ? 8 : 0), "register");
            }
            default ->
                new Operand(
                        size,
                        signed,
                        new OperandLocation.Memory(
                                random.nextBoolean() ? OptionalInt.of(random.nextInt(16)) : OptionalInt.empty(),
                                random.nextBoolean() ? OptionalInt.of(random.nextInt(16)) : OptionalInt.empty(),
                                1 << random.nextInt(4),
                                random.nextInt(),
                                Optional.empty()),
                        "memory");
        };
    }
}
