package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Semaphore;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.recording.Fixture;
import io.probeunit.internal.targets.CountersInMemory.Counter;
import io.probeunit.internal.targets.TargetFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SemaphoreWatchTest {

    private static final TargetFile FILE = new TargetFile("/usr/bin/shop", "/merged/shop", new FileIdentity(1, 2));

    /** What is seen at 0 at each look; nothing after the last one. */
    private final Deque<List<String>> zeros = new ArrayDeque<>();

    private final Deque<OptionalLong> started = new ArrayDeque<>();
    private final List<Counter> asked = new ArrayList<>();
    private final SemaphoreWatch watch = new SemaphoreWatch(
            () -> (file, counters) -> {
                asked.addAll(counters);
                return Optional.ofNullable(zeros.poll()).orElse(List.of());
            },
            () -> Optional.ofNullable(started.poll()).orElse(OptionalLong.of(5)));

    @Test
    void a_semaphore_that_all_see_raised_is_no_doubt() {
        assertThat(begin(mark(7, new Semaphore(0x4020, 0x3020))).look()).isEqualTo(Findings.NOTHING);
        assertThat(asked).containsExactly(new Counter(0x4020, 0x3020), new Counter(0x4020, 0x3020));
    }

    @Test
    void a_zero_is_told_with_who_sees_it_whenever_it_was_seen() {
        zeros.addAll(List.of(List.of("process 1 (shop)"), List.of("process 2 (shop)")));

        assertThat(begin(mark(7, new Semaphore(0x4020, 0x3020)))
                        .look()
                        .ofPoints()
                        .get(7))
                .extracting(Doubt::text)
                .satisfiesExactly(
                        first -> assertThat(first).contains("mark p:m is 0 in the memory of process 1 (shop)"),
                        second -> assertThat(second).contains("mark p:m is 0 in the memory of process 2 (shop)"));
    }

    @Test
    void of_a_crowd_three_are_named() {
        zeros.add(List.of("process 1", "process 2", "process 3", "process 4"));

        assertThat(begin(mark(7, new Semaphore(0x4020, 0x3020)))
                        .look()
                        .ofPoints()
                        .get(7))
                .hasSize(3);
    }

    @Test
    void a_program_that_was_started_meanwhile_may_have_read_the_other_copy() {
        WatchedPoint twice = mark(7, new Semaphore(0x4020, 0x3020, true));
        WatchedPoint once = mark(8, new Semaphore(0x4020, 0x3020));

        started.addAll(List.of(OptionalLong.of(1), OptionalLong.of(2)));
        assertThat(begin(twice, once).look().ofPoints())
                .containsOnlyKeys(7)
                .hasEntrySatisfying(
                        7,
                        doubts -> assertThat(doubts)
                                .singleElement()
                                .satisfies(doubt -> assertThat(doubt.text()).contains("maps the page", "p:m twice")));

        assertThat(begin(twice, once).look()).isEqualTo(Findings.NOTHING);
    }

    @Test
    void that_none_was_started_must_be_known() {
        started.addAll(List.of(OptionalLong.empty(), OptionalLong.empty()));

        assertThat(begin(mark(7, new Semaphore(0x4020, 0x3020, true))).look().ofPoints())
                .containsOnlyKeys(7);
    }

    @Test
    void a_window_without_guarded_marks_is_not_looked_at() {
        ProbePoint plain = Fixture.mark("p:plain");
        zeros.add(List.of("process 1"));

        assertThat(begin(new WatchedPoint(0, plain, Optional.empty(), List.of()))
                        .look())
                .isEqualTo(Findings.NOTHING);
        assertThat(asked).isEmpty();
    }

    private TargetWatch.WindowWatch begin(WatchedPoint... points) {
        return watch.begin(List.of(points));
    }

    private static WatchedPoint mark(int index, Semaphore semaphore) {
        Mark mark = new Mark("p", "m", List.of(new MarkSite(16, 16, Optional.of(semaphore), List.of())));
        return new WatchedPoint(index, new ProbePoint.UsdtMark(mark, FILE, List.of()), Optional.empty(), List.of());
    }
}
