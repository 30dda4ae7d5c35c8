package io.probeunit.internal.report;

import static io.probeunit.internal.report.Json.items;

import io.probeunit.Firing;
import io.probeunit.Frame;
import io.probeunit.Loss;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.OrderVerdict;
import io.probeunit.internal.recording.Outcome;
import io.probeunit.internal.recording.Punctuality;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of one test, for programs: JSON with {@code "format": 1}. What is there keeps its name and meaning as long
 * as that number does; more may be added. {@code docs/reports.md} says what each item means.
 */
public final class TestReport {

    /** Changes if an item is taken away, or gets another meaning. */
    static final int FORMAT = 1;

    /** How many firings are listed. */
    static final int MOST_FIRINGS = 1_000;

    private TestReport() {}

    /**
     * The test, as JUnit knows it.
     *
     * @param id JUnit's unique id
     * @param className its class
     * @param method its method's name
     * @param name its display name
     * @param failedItself whether it failed before its expectations were judged
     */
    public record Test(String id, String className, String method, String name, boolean failedItself) {}

    /**
     * How it was probed.
     *
     * @param engine the engine's version and variant
     * @param passedOver the engines that were preferred and could not be taken, with the reasons
     * @param place where the engine's tools ran
     * @param containers the ids of the containers by the targets' names
     * @param notes what is worth a line
     * @param samples what became of expectations on samples
     */
    public record Setup(
            String engine,
            List<String> passedOver,
            Place place,
            Map<String, String> containers,
            List<String> notes,
            List<Sampled> samples) {

        /** Keeps copies. */
        public Setup {
            passedOver = List.copyOf(passedOver);
            containers = new LinkedHashMap<>(containers);
            notes = List.copyOf(notes);
            samples = List.copyOf(samples);
        }
    }

    /**
     * An expectation on samples, which are statistical: no calls were counted.
     *
     * @param declaration for people
     * @param verdict as {@link VerdictWord} has it
     * @param doubt why it is inconclusive, if it is
     * @param function which one
     * @param container the name of the target
     * @param host where it was sampled from
     * @param found how many samples were in the function
     * @param total how many there were of the container
     * @param atLeastPercent of these were expected in the function
     */
    public record Sampled(
            String declaration,
            String verdict,
            Optional<String> doubt,
            String function,
            String container,
            String host,
            long found,
            long total,
            double atLeastPercent) {}

    /**
     * Where the engine's tools ran.
     *
     * @param host the host's name
     * @param helper what was started for its sake, if anything was
     * @param passedOver the hosts that need less and could not be taken, with the reasons
     */
    public record Place(String host, Optional<String> helper, List<String> passedOver) {

        /** Keeps a copy of the list. */
        public Place {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * Writes the report.
     *
     * @param test which test
     * @param setup how it was probed
     * @param judgement what was expected and seen
     * @return JSON, several lines
     */
    public static String json(Test test, Setup setup, Judgement judgement) {
        Map<String, Object> report = facts(test, setup, judgement);
        report.remove("after");
        report.put("firings", firings(judgement.summary()));
        report.put("firingsLeftOut", leftOut(judgement.summary()));
        report.put("after", judgement.after().map(after -> {
            Map<String, Object> items = after(after);
            items.put("firings", firings(after));
            items.put("firingsLeftOut", leftOut(after));
            return items;
        }));
        return Json.document(report);
    }

    /**
     * The items of the report but the firings.
     *
     * @param test which test
     * @param setup how it was probed
     * @param judgement what was expected and seen
     * @return for {@link Json}; may be changed
     */
    public static Map<String, Object> facts(Test test, Setup setup, Judgement judgement) {
        Summary summary = judgement.summary();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("format", FORMAT);
        report.put("test", test(test));
        report.put(
                "verdict",
                VerdictWord.worst(Stream.concat(
                                Stream.of(VerdictWord.of(judgement)),
                                setup.samples().stream().map(Sampled::verdict))
                        .toList()));
        report.put("engine", items("name", summary.engine(), "how", setup.engine(), "passedOver", setup.passedOver()));
        report.put("host", setup.place().host());
        report.put("hostHelper", setup.place().helper());
        report.put("hostsPassedOver", setup.place().passedOver());
        report.put("containers", setup.containers());
        report.put("window", items("nanos", summary.length().toNanos()));
        report.put(
                "expectations",
                Stream.concat(
                                judgement.outcomes().stream().map(TestReport::outcome),
                                judgement.orders().stream().map(TestReport::order))
                        .toList());
        report.put("samples", setup.samples().stream().map(TestReport::sampled).toList());
        report.put("points", points(summary.points()));
        report.put("loss", loss(summary.loss()));
        report.put("notes", setup.notes());
        report.put("after", judgement.after().map(TestReport::after));
        return report;
    }

    private static Map<String, Object> test(Test test) {
        return items(
                "id", test.id(),
                "class", test.className(),
                "method", test.method(),
                "name", test.name(),
                "failedItself", test.failedItself());
    }

    private static Map<String, Object> outcome(Outcome outcome) {
        Expectation expectation = outcome.expectation();
        Observation seen = outcome.observation();
        return items(
                "kind", "count",
                "declaration", expectation.probe().declaration(),
                "verdict", VerdictWord.of(outcome.verdict()),
                "reason", doubts(outcome.verdict()),
                "expected",
                        interval(
                                expectation.bounds().atLeast(),
                                expectation.bounds().atMost()),
                "seen", interval(seen.certain(), seen.possible()),
                "where",
                        expectation.where().conditions().stream()
                                .map(Condition::text)
                                .toList(),
                "took", outcome.took().map(TestReport::took),
                "withinMillis", expectation.within().map(Duration::toMillis),
                "points", points(outcome.points()),
                "hints", outcome.hints());
    }

    private static Map<String, Object> took(Punctuality took) {
        return items(
                "limit", took.limit().text(),
                "violations",
                        interval(took.violations().certain(), took.violations().possible()),
                "notReturned", took.late() + took.running(),
                "lateAlready", took.late(),
                "longestNanos", took.longest().stream().boxed().findFirst());
    }

    private static Map<String, Object> sampled(Sampled sampled) {
        return items(
                "declaration", sampled.declaration(),
                "verdict", sampled.verdict(),
                "reason", sampled.doubt(),
                "function", sampled.function(),
                "container", sampled.container(),
                "host", sampled.host(),
                "found", sampled.found(),
                "total", sampled.total(),
                "atLeastPercent", sampled.atLeastPercent());
    }

    private static Map<String, Object> order(OrderVerdict order) {
        return items(
                "kind", "order",
                "declaration", order.order().declaration(),
                "verdict", VerdictWord.of(order.verdict()),
                "reason", doubts(order.verdict()),
                "expected", order.order().names(),
                "seen", order.outcome().story());
    }

    private static Optional<String> doubts(Verdict verdict) {
        return verdict instanceof Verdict.Inconclusive inconclusive
                ? Optional.of(inconclusive.text())
                : Optional.empty();
    }

    private static Map<String, Object> interval(long lowest, long highest) {
        return items("atLeast", lowest, "atMost", Optional.of(highest).filter(most -> most != CountBounds.UNLIMITED));
    }

    private static List<Map<String, Object>> points(List<Summary.Tally> points) {
        return points.stream()
                .map(p -> items(
                        "probe", p.probe(),
                        "container", p.container(),
                        "binary", p.binary(),
                        "fired", p.observation().fired(),
                        "exact", p.observation().isExact(),
                        "detailsDropped", p.observation().dropped()))
                .toList();
    }

    private static Map<String, Object> loss(Loss loss) {
        return items("details", loss.details(), "interruptions", loss.interruptions());
    }

    private static Map<String, Object> after(Summary after) {
        return items(
                "untilNanos", after.length().toNanos(),
                "points", points(after.points()),
                "loss", loss(after.loss()));
    }

    private static List<Map<String, Object>> firings(Summary summary) {
        return summary.firings().stream()
                .limit(MOST_FIRINGS)
                .map(TestReport::firing)
                .toList();
    }

    private static int leftOut(Summary summary) {
        return Math.max(0, summary.firings().size() - MOST_FIRINGS);
    }

    /**
     * One firing. Most have no stack.
     *
     * @param firing any
     * @return for {@link Json}; may be changed
     */
    public static Map<String, Object> firing(Firing firing) {
        Map<String, Object> items = withoutStack(firing);
        if (!firing.stack().isEmpty() || firing.stackCut().isPresent()) {
            items.put("stack", firing.stack().stream().map(TestReport::frame).toList());
            items.put("stackCut", firing.stackCut());
        }
        return items;
    }

    private static Map<String, Object> frame(Frame frame) {
        Map<String, Object> items =
                items("function", frame.function(), "binary", frame.binary(), "offset", frame.offset());
        frame.source().ifPresent(source -> items.putAll(items("file", source.file(), "line", source.line())));
        return items;
    }

    private static Map<String, Object> withoutStack(Firing firing) {
        return items(
                "nanos", firing.nanos(),
                "probe", firing.probe(),
                "container", firing.container(),
                "pid", firing.pid(),
                "tid", firing.tid(),
                "command", firing.command(),
                "captures", firing.captures());
    }
}
