package io.probeunit.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Outcomes.Outcome;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random classes of tests, with random expectations of what random processes do, while files are changed under them. What
 * the programs write themselves is the truth: a verdict agrees with it, or says that it does not know.
 *
 * <p>The name of an invocation is its seed; {@code -Dbuild.conformance.seed=N} begins there again, {@code
 * build.conformance.soak} is the number of windows, and {@code build.conformance.kinds} names the kinds of trouble
 * that are tried, separated by commas; all {@link Kind}s unless it is given.
 */
@Timeout(600)
class SoakTest {

    private static final int WINDOWS_OF_A_CLASS = 20;
    private static final long FIRST_SEED =
            Long.getLong("build.conformance.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));
    private static final long CLASSES = Math.max(1, Long.getLong("build.conformance.soak", 300) / WINDOWS_OF_A_CLASS);
    private static final Set<Kind> KINDS = kinds(System.getProperty("build.conformance.kinds", ""));

    /** How many verdicts of which sort there were for what. */
    private static final Map<String, Integer> TALLY = new TreeMap<>();

    @TempDir
    Path folder;

    private static Set<Kind> kinds(String names) {
        EnumSet<Kind> kinds = EnumSet.of(Kind.ORDINARY);
        Stream.of(Kind.values())
                .filter(kind -> names.isEmpty() || List.of(names.split(",")).contains(kind.name()))
                .forEach(kinds::add);
        return kinds;
    }

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + CLASSES);
    }

    @AfterAll
    static void print() {
        System.out.printf(
                "SoakTest with %s: seeds from %d, %d windows%n",
                EngineUnderTest.name(), FIRST_SEED, CLASSES * WINDOWS_OF_A_CLASS);
        TALLY.forEach((what, times) -> System.out.printf("%6d %s%n", times, what));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_said_is_true(long seed) {
        try (ProgramsContainer container = new ProgramsContainer("cases")) {
            container.start();
            try (Shell shell = new Shell(container)) {
                Plan plan = Plan.draw(seed, WINDOWS_OF_A_CLASS, KINDS, path -> new DryRun(shell, path));
                check(plan, container, shell);
            }
        }
    }

    private void check(Plan plan, ProgramsContainer container, Shell shell) {
        try (Stage stage = Stage.set(container, shell, plan)) {
            String name = "Soak" + plan.seed();
            Outcomes outcomes = Subjects.run(Compiled.of(name, plan.source(name), folder));
            List<String> differences = new ArrayList<>();
            for (int window = 0; window < WINDOWS_OF_A_CLASS; window++) {
                Outcome outcome = outcomes.of("w%02d".formatted(window));
                difference(plan, stage, window, outcome).ifPresent(differences::add);
            }
            assertThat(differences).as(String.join("\n\n", differences)).isEmpty();
        }
    }

    /** What each window does, tried in a process that nobody watches. */
    private record DryRun(Shell shell, String path) implements Plan.Foresight {
        @Override
        public Lines lines(List<List<String>> processes) {
            String words = processes.stream().flatMap(List::stream).collect(Collectors.joining(" "));
            return Lines.of(words.isEmpty() ? List.of() : shell.lines(path + " " + words));
        }
    }

    private static Optional<String> difference(Plan plan, Stage stage, int number, Outcome outcome) {
        Window window = plan.windows().get(number);
        String verdict = outcome.entries().getOrDefault("probeunit.verdict", "refused");
        Set<Kind> kinds = plan.kinds(number);
        kinds.forEach(kind -> TALLY.merge("%s, %s".formatted(kind, verdict), 1, Integer::sum));
        Optional<Lines> written = stage.written(number);
        if (verdict.equals("refused") || verdict.equals("inconclusive")) {
            TALLY.merge("%s, since %s".formatted(verdict, reason(outcome)), 1, Integer::sum);
            return kinds.equals(Set.of(Kind.ORDINARY))
                    ? Optional.of(told(plan, number, "is no trouble, and is " + verdict, outcome))
                    : Optional.empty();
        }
        if (written.isEmpty()) {
            return Optional.of(told(plan, number, "has a verdict and did not run", outcome));
        }
        boolean met = window.expected().stream().allMatch(e -> e.isMetBy(written.get()));
        if (met != verdict.equals("met")) {
            String truth = window.expected().stream()
                    .map(e -> String.valueOf(e.truth(written.get())))
                    .collect(Collectors.joining(", "));
            return Optional.of(told(plan, number, "is " + verdict + ", but the truth is " + truth, outcome));
        }
        return stage.died(number)
                .map(how -> told(plan, number, "is " + verdict + ", though a program died (" + how + ")", outcome));
    }

    private static String told(Plan plan, int number, String what, Outcome outcome) {
        Window window = plan.windows().get(number);
        return "seed %d, window %d %s: %s%n  %s%n  server %s%n  before %s%n  during %s%n  counts %s%n  %s"
                .formatted(
                        plan.seed(),
                        number,
                        plan.kinds(number),
                        what,
                        window.expected().stream()
                                .map(e -> e.annotation(plan.path()))
                                .collect(Collectors.joining("\n  ")),
                        plan.server(),
                        window.before(),
                        window.during(),
                        outcome.entries().getOrDefault("probeunit.counts", "none"),
                        outcome.story().lines().limit(12).collect(Collectors.joining("\n  ")));
    }

    /** Without what differs from window to window. */
    private static String reason(Outcome outcome) {
        return outcome.story()
                .lines()
                .filter(line -> outcome.entries().isEmpty() || line.contains("doubts:"))
                .findFirst()
                .orElse("?")
                .replaceAll("\\d+", "N")
                .replaceAll("(.{300}).*", "$1…");
    }
}
