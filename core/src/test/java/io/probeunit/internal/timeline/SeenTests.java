package io.probeunit.internal.timeline;

import io.probeunit.Firing;
import io.probeunit.Frame;
import io.probeunit.Loss;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.Fixture;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.Outcome;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.Verdict;
import io.probeunit.internal.report.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests of a shop may have seen, made by hand. */
public final class SeenTests {

    /** Looks like HTML, a script, the end of a line and the end of a text, and is none of them. */
    public static final String ODD = "</script><b id='odd'>&amp;\"'`${1}\u2028\u2029\\u0000 \u202e<!--";

    private static final long MILLI = 1_000_000;
    private static final String SHOP = "/usr/local/bin/shop";

    private SeenTests() {}

    /** As JUnit knows a test of the shop. */
    public static TestReport.Test test(String name) {
        return new TestReport.Test(
                "[engine:junit-jupiter]/[class:org.example.CheckoutTest]/[method:%s()]".formatted(name),
                "org.example.CheckoutTest",
                name,
                name + "()",
                false);
    }

    /** Nothing special. */
    public static TestReport.Setup setup() {
        return new TestReport.Setup(
                "6.18",
                List.of(),
                new TestReport.Place("local", Optional.empty(), List.of()),
                Map.of("shop", "0123456789ab"),
                List.of(),
                List.of());
    }

    /** A firing of the shop. */
    public static Firing firing(String probe, long nanos, int pid, String command, Object... namesAndValues) {
        Map<String, Object> captures = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            captures.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Firing(probe, "shop", nanos, pid, pid + 1, command, captures);
    }

    /** A point of the shop. */
    public static Summary.Tally tally(String probe, Observation observation) {
        return new Summary.Tally(
                probe, "shop", SHOP, observation, List.of(Capture.parse("arg1:u64"), Capture.parse("arg2:string")));
    }

    /** A window without doubts. */
    public static Judgement seen(long opened, long nanos, List<Firing> firings) {
        Map<String, Long> counts = new LinkedHashMap<>();
        firings.forEach(one -> counts.merge(one.probe(), 1L, Long::sum));
        List<Summary.Tally> points = counts.entrySet().stream()
                .map(one -> tally(one.getKey(), Observation.exactly(one.getValue())))
                .toList();
        return judgement(opened, nanos, points, firings, Loss.none(), List.of());
    }

    private static Judgement judgement(
            long opened,
            long nanos,
            List<Summary.Tally> points,
            List<Firing> firings,
            Loss loss,
            List<Outcome> outcomes) {
        return new Judgement(
                outcomes,
                List.of(),
                new Summary("uprobe", opened, Duration.ofNanos(nanos), points, firings, loss, List.of()),
                Optional.empty());
    }

    private static Outcome outcome(Summary.Tally point, Verdict verdict, Expectation expectation) {
        return new Outcome(
                expectation,
                verdict,
                point.observation(),
                List.of(point),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static Expectation never(String name) {
        ProbeRequest request = Fixture.probeMark(name);
        return Fixture.expect(
                new ProbeRequest(
                        request.point(),
                        request.captures(),
                        request.where(),
                        "@ExpectMark(value = \"%s\", times = 0) on CheckoutTest.places()".formatted(name)),
                Fixture.exactly(0));
    }

    /** Three tests: one is met, one is not, one is in doubt. */
    public static ClassTimeline few() {
        ClassTimeline timeline = new ClassTimeline("org.example.CheckoutTest");
        timeline.add(TestWindow.of(
                test("browses"),
                setup(),
                seen(
                        1_000 * MILLI,
                        80 * MILLI,
                        List.of(
                                firing("shop:page__shown", 12 * MILLI, 4711, "shop", "arg1", 1L, "arg2", "home"),
                                firing("shop:page__shown", 31 * MILLI, 4711, "shop", "arg1", 2L, "arg2", "books")))));
        Summary.Tally placed = tally("shop:order__placed", Observation.exactly(3));
        Summary.Tally rejected = tally("shop:order__rejected", Observation.exactly(1));
        Summary.Tally refunded = tally("shop:refund", Observation.exactly(0));
        Firing late = firing("shop:order__rejected", 64 * MILLI, 4790, "shop-worker", "arg1", 43L, "arg2", "no stock");
        timeline.add(TestWindow.of(
                test("places"),
                setup(),
                judgement(
                        1_900 * MILLI,
                        104 * MILLI,
                        List.of(placed, rejected, refunded, tally("reserve_stock", Observation.exactly(4))),
                        List.of(
                                firing("reserve_stock", 10 * MILLI, 4711, "shop", "arg1", 7L),
                                firing("shop:order__placed", 18 * MILLI, 4711, "shop", "arg1", 42L, "arg2", "ann"),
                                firing("reserve_stock", 33 * MILLI, 4711, "shop", "arg1", 8L),
                                firing("shop:order__placed", 36 * MILLI, 4711, "shop", "arg1", 42L, "arg2", "bob"),
                                firing("reserve_stock", 60 * MILLI, 4790, "shop-worker", "arg1", 9L),
                                new Firing(
                                        late.probe(),
                                        late.container(),
                                        late.nanos(),
                                        late.pid(),
                                        late.tid(),
                                        late.command(),
                                        late.captures(),
                                        List.of(
                                                new Frame("reject", SHOP, 0x1234),
                                                new Frame("checkout", SHOP, 0x2345),
                                                new Frame("main", SHOP, 0x3456)),
                                        Optional.empty()),
                                firing("reserve_stock", 71 * MILLI, 4790, "shop-worker", "arg1", 9L),
                                firing(
                                        "shop:order__placed",
                                        90 * MILLI,
                                        4790,
                                        "shop-worker",
                                        "arg1",
                                        44L,
                                        "arg2",
                                        "eve")),
                        Loss.none(),
                        List.of(
                                outcome(rejected, new Verdict.Unmet(), never("shop:order__rejected")),
                                outcome(refunded, new Verdict.Met(), never("shop:refund"))))));
        String doubt = "container shop was started again";
        Summary.Tally again =
                tally("shop:order__placed", Observation.unfiltered(2_005, 2_000, List.of(Doubt.missed(doubt))));
        List<Firing> some = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            some.add(firing("shop:order__placed", (5 + 9 * i) * MILLI, 4801, "shop", "arg1", 50L + i, "arg2", "joe"));
        }
        timeline.add(TestWindow.of(
                test("survivesARestart"),
                setup(),
                judgement(
                        4_500 * MILLI,
                        60 * MILLI,
                        List.of(again),
                        some,
                        new Loss(2_000, List.of(doubt)),
                        List.of(outcome(
                                again, new Verdict.Inconclusive(List.of(doubt)), never("shop:order__placed"))))));
        return timeline;
    }

    /** Two tests; the second one has many firings of ten points in four processes. */
    public static ClassTimeline many(int firings) {
        ClassTimeline timeline = new ClassTimeline("org.example.LoadTest");
        timeline.add(TestWindow.of(
                test("one"), setup(), seen(1_000 * MILLI, 50 * MILLI, List.of(firing("f", MILLI, 1, "shop")))));
        List<Firing> all = new ArrayList<>();
        for (int i = 0; i < firings; i++) {
            all.add(firing(
                    "point_" + i % 10,
                    50_000L * i + 777L * (i % 13),
                    100 + i % 4,
                    "worker-" + i % 4,
                    "arg1",
                    (long) i,
                    "arg2",
                    i % 1_000 == 0 ? "thousand" : "other"));
        }
        timeline.add(TestWindow.of(test("load"), setup(), seen(1_100 * MILLI, 50_000L * firings + 10 * MILLI, all)));
        return timeline;
    }

    /** Each text that comes from a container is odd. */
    public static ClassTimeline odd() {
        ClassTimeline timeline = new ClassTimeline("org.example." + ODD);
        timeline.add(TestWindow.of(
                test(ODD),
                setup(),
                judgement(
                        MILLI,
                        10 * MILLI,
                        List.of(new Summary.Tally(ODD, ODD, ODD, Observation.exactly(1), List.of())),
                        List.of(new Firing(ODD, ODD, MILLI, 1, 1, ODD, Map.of(ODD, ODD))),
                        new Loss(0, List.of(ODD)),
                        List.of())));
        return timeline;
    }
}
