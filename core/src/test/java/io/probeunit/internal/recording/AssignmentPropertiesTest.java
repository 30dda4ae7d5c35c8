package io.probeunit.internal.recording;

import static io.probeunit.internal.recording.Fixture.function;
import static io.probeunit.internal.recording.Fixture.number;
import static io.probeunit.internal.recording.Fixture.probeFunction;
import static io.probeunit.internal.recording.Fixture.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each firing is in exactly one window, whatever arrives when. */
class AssignmentPropertiesTest {

    private static final ProbeRequest F = probeFunction("f", "arg1");
    private static final ProbeRequest G = probeFunction("g", "arg1");

    /** What can happen, in any order. */
    private enum Step {
        FIRE,
        FIRE_LATE,
        SEND_EARLY,
        COUNT_EARLY,
        DROP,
        ASK,
        WINDOW
    }

    private record Event(Step step, int point) {}

    /** Runs events, and keeps the books that the recorder is compared with. */
    private static final class Run {
        final FakeEngine engine = new FakeEngine();
        final SessionRecorder recorder = session(engine, "shop", function("f", "arg1"), function("g", "arg1"));
        final Map<Integer, List<Long>> early = new HashMap<>();
        final long[] expected = new long[2];
        final Map<Integer, List<Long>> details = new HashMap<>(Map.of(0, new ArrayList<>(), 1, new ArrayList<>()));
        final List<Firing> seen = new ArrayList<>();
        ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(F, G), List.of()), List.of("shop"));
        boolean open;
        long clock = 1_000;

        void run(Event event) {
            clock += 10;
            engine.at(clock);
            int p = event.point();
            List<Long> waiting = early.computeIfAbsent(p, x -> new ArrayList<>());
            switch (event.step()) {
                case FIRE -> inOrder(p, () -> engine.fire(p, number(clock)));
                // the line is older than those which arrive before it
                case FIRE_LATE -> inOrder(p, () -> engine.fireLate(clock, p, number(clock)));
                case SEND_EARLY -> {
                    engine.sendEarly(clock, p, number(clock));
                    waiting.add(clock);
                }
                case COUNT_EARLY -> {
                    if (!waiting.isEmpty()) {
                        engine.count(p);
                        counted(p, waiting.remove(0));
                    }
                }
                case DROP -> {
                    engine.drop(p);
                    expected[p]++;
                }
                case ASK -> ask();
                case WINDOW -> toggle();
            }
        }

        /** Lines are counted in the order of time: what was sent early is counted first. */
        private void inOrder(int p, Runnable fire) {
            List<Long> waiting = Objects.requireNonNull(early.get(p));
            while (!waiting.isEmpty()) {
                engine.count(p);
                counted(p, waiting.remove(0));
            }
            fire.run();
            counted(p, clock);
        }

        private void counted(int p, long value) {
            expected[p]++;
            Objects.requireNonNull(details.get(p)).add(value);
        }

        private void ask() {
            if (open) {
                check();
            }
        }

        private void toggle() {
            if (open) {
                window.freeze();
                check();
                seen.addAll(window.recording().firings().list());
                window.close();
                window = new ProbeWindow(new ProbePlan(List.of(F, G), List.of()), List.of("shop"));
            } else {
                window.open(List.of(
                        new RecordedProbe(F, recorder, List.of(0)), new RecordedProbe(G, recorder, List.of(1))));
                expected[0] = 0;
                expected[1] = 0;
                details.values().forEach(List::clear);
            }
            open = !open;
        }

        private void check() {
            for (int p = 0; p < 2; p++) {
                ObservedFirings firings = window.recording().function(p == 0 ? "f" : "g");
                assertThat(firings.count()).isEqualTo(expected[p]);
                assertThat(firings.list())
                        .extracting(f -> f.captures().get("arg1"))
                        .isEqualTo(details.get(p));
                assertThat(firings.count())
                        .isGreaterThanOrEqualTo(firings.list().size());
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void each_firing_is_in_exactly_one_window_and_counts_match(@ForAll("events") List<Event> events) {
        Run run = new Run();
        events.forEach(run::run);
        assertThat(run.seen).extracting(f -> f.captures().get("arg1")).doesNotHaveDuplicates();
        assertThat(run.recorder.isAlive()).isTrue();
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Step> steps = Arbitraries.of(Step.values());
        return Combinators.combine(steps, Arbitraries.of(0, 1))
                .as(Event::new)
                .list()
                .ofMaxSize(60);
    }
}
