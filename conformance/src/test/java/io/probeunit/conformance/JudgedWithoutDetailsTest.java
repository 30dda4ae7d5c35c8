package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.LocalEngine;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.Outcome;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetResolver;
import io.probeunit.internal.watch.TargetWatch;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The kernel judges firings that have no details as the recording judges those that have, and as arithmetic says: two
 * sessions look at the same firings, one of which keeps all details and the other none.
 */
@Tag("attach")
@OnlyEngine({"stap", "uprobe"})
@Testcontainers
@Timeout(120)
class JudgedWithoutDetailsTest {

    private static final int CONDITIONS = 16;
    private static final int FIRINGS = 30;
    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");
    private static final List<String> NOTE = List.of("s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64");
    private static final List<String> LONGS = List.of("s64", "s64", "s64", "s64", "s64", "s64");
    private static final List<BigInteger> CORNERS = Stream.of(7, 8, 15, 16, 31, 32, 63)
            .map(BigInteger.ONE::shiftLeft)
            .flatMap(power -> Stream.of(power, power.subtract(BigInteger.ONE), power.negate()))
            .filter(corner -> corner.bitLength() < Long.SIZE || corner.signum() > 0)
            .toList();

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();
    private final Host host = new LocalHost();
    private final Target target = new TargetResolver(host)
            .resolve("truth", DockerContainer.of(container).orElseThrow(), new BinarySelector.TargetDefault());
    private final Engine engine = LocalEngine.get();

    /** Operands in registers, behind a pointer and in a variable. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void arguments_of_a_mark(long seed) throws InterruptedException {
        Random random = new Random(seed);
        PointSpec mark = MarkSpec.parse("truth:integers", new BinarySelector.TargetDefault(), Optional.empty());

        compare(mark, NOTE, random, values -> truth.integers(1 + random.nextInt(3), values));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void arguments_of_a_function(long seed) throws InterruptedException {
        PointSpec function = new FunctionSpec(
                new NamePattern("take_six"), false, new BinarySelector.TargetDefault(), Optional.empty());

        compare(function, LONGS, new Random(seed), truth::takeSix);
    }

    /** Whoever cannot wait for a page does not know what stands there, and does not take it for 0. */
    @Test
    void a_number_that_is_not_in_memory_is_known_or_undecided() throws InterruptedException {
        PointSpec mark = MarkSpec.parse("truth:integers", new BinarySelector.TargetDefault(), Optional.empty());
        List<List<String>> wheres = List.of(
                List.of("arg5 == -7"), List.of("arg5 == 0"), List.of("arg8 > 5", "arg2 == 2"), List.of("arg6 != 6"));
        List<Expectation> expectations =
                wheres.stream().map(texts -> expectation(mark, texts)).toList();
        List<ProbePoint> points = united(expectations);
        SessionRecorder none = session(points, 0);
        SessionRecorder all = session(points, 1000);
        try {
            ProbeWindow judged = open(none, expectations);
            ProbeWindow detailed = open(all, expectations);
            truth.integers(4, -1, 2, -3, 4, -7, 6, -8, 9);
            truth.integers(4, -1, 2, -3, 4, -7, 6, -8, 9);
            truth.integers(2, -1, 2, -3, 4, -7, 6, -8, 9);
            List<Outcome> outcomes = Stream.of(judged, detailed)
                    .flatMap(window -> window.judge().outcomes().stream())
                    .toList();
            for (int i = 0; i < outcomes.size(); i++) {
                Observation seen = outcomes.get(i).observation();
                long right = i % 2 == 0 ? 3 : 0;
                assertThat(seen.fired()).isEqualTo(3);
                assertThat(right).as("%s", wheres.get(i % 4)).isBetween(seen.certain(), seen.possible());
                if (EngineUnderTest.readsWhatIsNotInMemory()) {
                    assertThat(seen.isExact()).isTrue();
                }
            }
        } finally {
            none.close();
            all.close();
            assertThat(none.awaitClosed(Duration.ofMinutes(1))).isTrue();
            assertThat(all.awaitClosed(Duration.ofMinutes(1))).isTrue();
        }
    }

    private static Expectation expectation(PointSpec point, List<String> texts) {
        List<Condition> where =
                texts.stream().map(text -> Condition.parse(text, List.of())).toList();
        return new Expectation(
                new ProbeRequest(
                        point, where.stream().map(Condition::value).toList(), new Filter(where), "@Expect " + where),
                CountBounds.of(-1, 1, -1),
                Optional.empty());
    }

    private void compare(PointSpec point, List<String> types, Random random, Firing firing)
            throws InterruptedException {
        List<Expectation> expectations = new ArrayList<>();
        while (expectations.size() < CONDITIONS) {
            expectation(point, types, random).ifPresent(expectations::add);
        }
        List<ProbePoint> points = united(expectations);
        SessionRecorder none = session(points, 0);
        SessionRecorder all = session(points, 1000);
        try {
            ProbeWindow judged = open(none, expectations);
            ProbeWindow detailed = open(all, expectations);
            List<long[]> done = new ArrayList<>();
            for (int i = 0; i < FIRINGS; i++) {
                long[] values =
                        types.stream().mapToLong(type -> value(type, random)).toArray();
                firing.fire(values);
                done.add(values);
            }
            List<Outcome> byTheKernel = judged.judge().outcomes();
            List<Outcome> byDetails = detailed.judge().outcomes();
            for (int i = 0; i < CONDITIONS; i++) {
                List<Condition> where = expectations.get(i).where().conditions();
                long right = done.stream().filter(v -> holds(where, types, v)).count();
                assertThat(byDetails.get(i).observation())
                        .as("by details: %s", where)
                        .isEqualTo(new Observation(right, 0, FIRINGS, 0, 0, 0, true, List.of()));
                assertThat(byTheKernel.get(i).observation())
                        .as("by the kernel: %s", where)
                        .isEqualTo(new Observation(right, 0, FIRINGS, FIRINGS, FIRINGS, 0, true, List.of()));
            }
        } finally {
            none.close();
            all.close();
            assertThat(none.awaitClosed(Duration.ofMinutes(1))).isTrue();
            assertThat(all.awaitClosed(Duration.ofMinutes(1))).isTrue();
        }
    }

    @FunctionalInterface
    private interface Firing {
        void fire(long... values);
    }

    /** One or two random conditions; nothing if they mean nothing. */
    private static Optional<Expectation> expectation(PointSpec point, List<String> types, Random random) {
        try {
            List<Condition> where = Stream.generate(() -> condition(point, types, random))
                    .limit(1 + random.nextInt(2))
                    .toList();
            List<Capture> captures =
                    where.stream().map(Condition::value).distinct().toList();
            return Optional.of(new Expectation(
                    new ProbeRequest(point, captures, new Filter(where), "@Expect " + where),
                    CountBounds.of(-1, 1, -1),
                    Optional.empty()));
        } catch (PlanException decidedByTheType) {
            return Optional.empty();
        }
    }

    /** An argument of the mark may have no type; it is always the same one at one point, as for annotations. */
    private static Condition condition(PointSpec point, List<String> types, Random random) {
        int argument = random.nextInt(types.size());
        List<String> casts = List.of("", ":u8", ":s8", ":s16", ":u32", ":s32", ":u64", ":s64");
        String cast = casts.get(argument % 2 == 0 ? argument : (argument + point.hashCode() & 7) % casts.size());
        boolean raw = point instanceof FunctionSpec && cast.isEmpty();
        BigInteger literal = random.nextInt(3) == 0
                ? CORNERS.get(random.nextInt(CORNERS.size()))
                : BigInteger.valueOf(random.nextInt(5) - 2);
        return Condition.parse(
                "arg%d%s %s %s"
                        .formatted(
                                argument + 1,
                                raw ? ":hex" : cast,
                                OPERATORS.get(random.nextInt(OPERATORS.size())),
                                literal),
                List.of());
    }

    private static boolean holds(List<Condition> where, List<String> types, long[] values) {
        return where.stream().allMatch(condition -> {
            int argument = Integer.parseInt(condition.value().key().substring(3)) - 1;
            String type = condition.value().type().map(t -> t.keyword()).orElse(types.get(argument));
            BigInteger seen = read(type.equals("hex") ? "u64" : type, values[argument]);
            BigInteger literal = ((Condition.Literal.Number) condition.literal()).value();
            int sign = seen.compareTo(literal);
            return switch (condition.comparison().symbol()) {
                case "==" -> sign == 0;
                case "!=" -> sign != 0;
                case "<" -> sign < 0;
                case "<=" -> sign <= 0;
                case ">" -> sign > 0;
                default -> sign >= 0;
            };
        });
    }

    private static BigInteger read(String type, long value) {
        int bits = Integer.parseInt(type.substring(1));
        BigInteger range = BigInteger.ONE.shiftLeft(bits);
        BigInteger unsigned = BigInteger.valueOf(value).mod(range);
        return type.startsWith("s") && unsigned.testBit(bits - 1) ? unsigned.subtract(range) : unsigned;
    }

    /** A value that such a variable can hold, near to what conditions compare with. */
    private static long value(String type, Random random) {
        BigInteger any = random.nextInt(3) == 0
                ? CORNERS.get(random.nextInt(CORNERS.size())).add(BigInteger.valueOf(random.nextInt(3) - 1))
                : BigInteger.valueOf(random.nextInt(5) - 2);
        return read(type, any.longValue()).longValue();
    }

    private List<ProbePoint> united(List<Expectation> expectations) {
        PointResolver resolver = new PointResolver(host);
        List<ProbePoint> each = expectations.stream()
                .map(e -> resolver.resolve(target, e.probe()).points().get(0))
                .toList();
        return List.of(each.get(0)
                .recording(
                        each.stream()
                                .flatMap(p -> p.slots().stream())
                                .distinct()
                                .toList(),
                        each.stream()
                                .flatMap(p -> p.filters().stream())
                                .distinct()
                                .toList()));
    }

    private SessionRecorder session(List<ProbePoint> points, int details) {
        return SessionRecorder.open(
                engine,
                host,
                new SessionRequest(target, points, details),
                TargetWatch.none(),
                SemaphoreKeeper.none("no mark here is guarded"));
    }

    private static ProbeWindow open(SessionRecorder recorder, List<Expectation> expectations) {
        ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(), expectations), List.of("truth"));
        window.open(expectations.stream()
                .map(e -> new RecordedProbe(e.probe(), recorder, List.of(0)))
                .toList());
        return window;
    }
}
