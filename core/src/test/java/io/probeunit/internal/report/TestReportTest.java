package io.probeunit.internal.report;

import static io.probeunit.internal.recording.Fixture.SHOP;
import static io.probeunit.internal.recording.Fixture.atLeast;
import static io.probeunit.internal.recording.Fixture.exactly;
import static io.probeunit.internal.recording.Fixture.expect;
import static io.probeunit.internal.recording.Fixture.expectWithin;
import static io.probeunit.internal.recording.Fixture.mark;
import static io.probeunit.internal.recording.Fixture.number;
import static io.probeunit.internal.recording.Fixture.probeMark;
import static io.probeunit.internal.recording.Fixture.recorded;
import static io.probeunit.internal.recording.Fixture.session;
import static io.probeunit.internal.recording.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ExpectedOrder;
import io.probeunit.internal.plan.Latency;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.FakeEngine;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.Outcome;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.Punctuality;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TestReportTest {

    private static final ProbeRequest PLACED = probeMark("shop:order__placed", "arg1", "arg2:string");
    private static final TestReport.Test TEST =
            new TestReport.Test("[engine:junit-jupiter]/[x]", "org.example.CheckoutTest", "orders", "orders()", false);
    private static final TestReport.Setup SETUP = new TestReport.Setup(
            "SystemTap 4.8",
            List.of("perf: is not there"),
            new TestReport.Place("sidecar", Optional.of("a container"), List.of("Host local: not root")),
            Map.of("shop", "0123456789ab"),
            List.of("a note"),
            List.of(new TestReport.Sampled(
                    "@ExpectSampled(\"pack\")", "met", Optional.empty(), "pack", "shop", "local", 2, 3, 12.5)));

    private final FakeEngine engine = new FakeEngine();
    private final SessionRecorder recorder = session(engine, "shop", mark("shop:order__placed", "arg1", "arg2:string"));

    private ProbeWindow open(Expectation... expectations) {
        ProbePlan plan = new ProbePlan(List.of(PLACED), List.of(expectations));
        ProbeWindow window = new ProbeWindow(plan, List.of("shop"));
        window.open(recorded(plan, new RecordedProbe(PLACED, recorder, List.of(0))));
        return window;
    }

    private void placed(long millis, long order, String item) {
        engine.at(1_000_000 + millis * 1_000_000).fire(0, number(order), text(item));
    }

    @Test
    void an_order_is_among_the_expectations() {
        ProbeWindow window = new ProbeWindow(
                new ProbePlan(
                        List.of(PLACED),
                        List.of(),
                        List.of(new ExpectedOrder(List.of("order__placed", "order__placed"), "an order"))),
                List.of("shop"));
        window.open(List.of(new RecordedProbe(PLACED, recorder, List.of(0))));
        placed(1, 41, "book");
        engine.drop(0);

        assertThat(TestReport.json(TEST, SETUP, window.judge()))
                .contains("\"verdict\": \"inconclusive\",")
                .contains(
                        "{\"kind\": \"order\", \"declaration\": \"an order\", \"verdict\": \"inconclusive\", \"reason\": \"order__placed: the details of 1 firing were dropped\", \"expected\": [\"order__placed\", \"order__placed\"], \"seen\": \"order__placed at 1.000 ms, then no order__placed after that (it fired 2 times, last at 1.000 ms)\"}");
    }

    @Test
    void a_test_is_no_better_than_its_samples() {
        TestReport.Sampled bad = new TestReport.Sampled(
                "a sample", "inconclusive", Optional.of("3 samples in all"), "pack", "shop", "local", 2, 3, 12.5);
        TestReport.Setup setup = new TestReport.Setup(
                "",
                List.of(),
                new TestReport.Place("local", Optional.empty(), List.of()),
                Map.of(),
                List.of(),
                List.of(bad));
        ProbeWindow window = open();

        assertThat(TestReport.json(TEST, setup, window.judge()))
                .contains("\"verdict\": \"inconclusive\",\n  \"engine\"")
                .contains("\"reason\": \"3 samples in all\"");
    }

    @Test
    void the_times_of_calls_are_those_of_their_expectation() {
        ProbeWindow window = open(expect(PLACED, atLeast(1)));
        Judgement counted = window.judge();
        Outcome outcome = counted.outcomes().get(0);
        Punctuality took = new Punctuality(
                Latency.parse("< 5 ms", atLeast(1)),
                Observation.exactly(3),
                Observation.exactly(1),
                1,
                2,
                OptionalLong.of(7_000_000));
        Outcome timed = new Outcome(
                outcome.expectation(),
                took.verdict(),
                outcome.observation(),
                List.of(),
                List.of(),
                Optional.of(took),
                List.of(),
                Optional.empty(),
                List.of());
        Judgement judgement = new Judgement(List.of(timed), List.of(), counted.summary(), Optional.empty());

        assertThat(TestReport.json(TEST, SETUP, judgement))
                .contains(
                        "\"took\": {\"limit\": \"< 5 ms\", \"violations\": {\"atLeast\": 1, \"atMost\": 1}, \"notReturned\": 3, \"lateAlready\": 1, \"longestNanos\": 7000000}");
        assertThat(Difference.of(judgement).expected()).endsWith(", and each took < 5 ms");
        assertThat(Difference.of(judgement).actual())
                .endsWith("; 1 call did not satisfy took < 5 ms, 3 calls still running, 1 late; longest seen: 7 ms");
    }

    /** The format that is documented: what is here may be added to, not changed. */
    @Test
    void the_whole_format() {
        ProbeWindow window = open(
                expect(PLACED, exactly(2), "arg1 == 42"), expectWithin(PLACED, atLeast(4), Duration.ofSeconds(30)));
        placed(1, -1, "bo\"ok\n");
        engine.drop(0);
        window.freeze();
        placed(7, 43, "pen");
        placed(9, 44, "pen");

        assertThat(TestReport.json(TEST, SETUP, window.judge())).isEqualTo("""
                {
                  "format": 1,
                  "test": {"id": "[engine:junit-jupiter]/[x]", "class": "org.example.CheckoutTest", "method": "orders", "name": "orders()", "failedItself": false},
                  "verdict": "unmet",
                  "engine": {"name": "fake", "how": "SystemTap 4.8", "passedOver": ["perf: is not there"]},
                  "host": "sidecar",
                  "hostHelper": "a container",
                  "hostsPassedOver": [
                    "Host local: not root"
                  ],
                  "containers": {"shop": "0123456789ab"},
                  "window": {"nanos": 1000000},
                  "expectations": [
                    {"kind": "count", "declaration": "@ProbeMark(\\"shop:order__placed\\")", "verdict": "unmet", "reason": null, "expected": {"atLeast": 2, "atMost": 2}, "seen": {"atLeast": 0, "atMost": 1}, "where": ["arg1 == 42"], "took": null, "withinMillis": null, "points": [{"probe": "shop:order__placed", "container": "shop", "binary": "%1$s", "fired": 2, "exact": true, "detailsDropped": 1}], "hints": []},
                    {"kind": "count", "declaration": "@ProbeMark(\\"shop:order__placed\\")", "verdict": "met", "reason": null, "expected": {"atLeast": 4, "atMost": null}, "seen": {"atLeast": 4, "atMost": 4}, "where": [], "took": null, "withinMillis": 30000, "points": [{"probe": "shop:order__placed", "container": "shop", "binary": "%1$s", "fired": 4, "exact": true, "detailsDropped": 1}], "hints": []}
                  ],
                  "samples": [
                    {"declaration": "@ExpectSampled(\\"pack\\")", "verdict": "met", "reason": null, "function": "pack", "container": "shop", "host": "local", "found": 2, "total": 3, "atLeastPercent": 12.5}
                  ],
                  "points": [
                    {"probe": "shop:order__placed", "container": "shop", "binary": "%1$s", "fired": 2, "exact": true, "detailsDropped": 1}
                  ],
                  "loss": {"details": 1, "interruptions": []},
                  "notes": [
                    "a note"
                  ],
                  "firings": [
                    {"nanos": 1000000, "probe": "shop:order__placed", "container": "shop", "pid": 4711, "tid": 4712, "command": "shop", "captures": {"arg1": -1, "arg2": "bo\\"ok\\n"}}
                  ],
                  "firingsLeftOut": 0,
                  "after": {"untilNanos": 9000000, "points": [{"probe": "shop:order__placed", "container": "shop", "binary": "%1$s", "fired": 2, "exact": true, "detailsDropped": 0}], "loss": {"details": 0, "interruptions": []}, "firings": [{"nanos": 7000000, "probe": "shop:order__placed", "container": "shop", "pid": 4711, "tid": 4712, "command": "shop", "captures": {"arg1": 43, "arg2": "pen"}}, {"nanos": 9000000, "probe": "shop:order__placed", "container": "shop", "pid": 4711, "tid": 4712, "command": "shop", "captures": {"arg1": 44, "arg2": "pen"}}], "firingsLeftOut": 0}
                }
                """.formatted(SHOP));
    }

    @Test
    void what_is_inconclusive_says_why() {
        ProbeWindow window = open(expect(PLACED, exactly(1)));
        engine.lose("it ended");

        JsonObject report = JsonParser.parseString(TestReport.json(TEST, SETUP, window.judge()))
                .getAsJsonObject();

        assertThat(report.get("verdict").getAsString()).isEqualTo("inconclusive");
        JsonObject expectation = report.getAsJsonArray("expectations").get(0).getAsJsonObject();
        assertThat(expectation.get("reason").getAsString()).contains("it ended");
        assertThat(expectation.getAsJsonObject("seen").get("atMost").isJsonNull())
                .isTrue();
        assertThat(report.getAsJsonArray("points")
                        .get(0)
                        .getAsJsonObject()
                        .get("exact")
                        .getAsBoolean())
                .isFalse();
        assertThat(report.get("after").isJsonNull()).isTrue();
    }

    @Test
    void firings_beyond_the_limit_are_counted() {
        ProbeWindow window = open(expect(PLACED, atLeast(1)));
        for (int i = 0; i < TestReport.MOST_FIRINGS + 2; i++) {
            placed(i, i, "pen");
        }

        JsonObject report = JsonParser.parseString(TestReport.json(TEST, SETUP, window.judge()))
                .getAsJsonObject();

        assertThat(report.getAsJsonArray("firings")).hasSize(TestReport.MOST_FIRINGS);
        assertThat(report.get("firingsLeftOut").getAsInt()).isEqualTo(2);
        assertThat(report.get("verdict").getAsString()).isEqualTo("met");
    }
}
