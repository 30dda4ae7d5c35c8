package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.recording.Fixture;
import io.probeunit.internal.targets.ContainerChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeWatchTest {

    private static final List<WatchedPoint> ENTRY =
            List.of(new WatchedPoint(0, Fixture.function("f"), Optional.empty(), List.of()));
    private static final List<WatchedPoint> RETURN =
            List.of(new WatchedPoint(0, Fixture.functionReturn("f"), Optional.empty(), List.of()));

    private Optional<ContainerChange> change = Optional.empty();
    private final LifeWatch watch = new LifeWatch("shop", () -> change);

    @Test
    void a_container_that_runs_is_no_finding() {
        assertThat(watch.begin(RETURN).look()).isEqualTo(Findings.NOTHING);
    }

    @Test
    void one_that_had_ended_before_is_none_of_this_window() {
        endsWith(134);

        assertThat(watch.begin(RETURN).look()).isEqualTo(Findings.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 137, 143, 255})
    void an_end_that_no_probe_causes_is_a_note(long status) {
        TargetWatch.WindowWatch windowWatch = watch.begin(RETURN);
        endsWith(status);

        assertThat(windowWatch.look())
                .isEqualTo(new Findings(List.of(), Map.of(), List.of("container shop ended with status " + status)));
    }

    @Test
    void a_return_probe_may_be_the_cause_of_an_end_by_its_own_fault() {
        TargetWatch.WindowWatch windowWatch = watch.begin(RETURN);
        endsWith(134);

        assertThat(windowWatch.look().ofTarget())
                .singleElement()
                .extracting(Doubt::text)
                .asString()
                .startsWith("container shop ended with status 134 while f.return was probed");
    }

    @Test
    void a_breakpoint_that_code_took_along_may_be_the_cause_of_sigtrap() {
        TargetWatch.WindowWatch windowWatch = watch.begin(ENTRY);
        endsWith(133);

        assertThat(windowWatch.look().ofTarget())
                .singleElement()
                .extracting(Doubt::text)
                .asString()
                .startsWith("container shop ended with status 133 while probes were armed");
    }

    @Test
    void one_that_was_started_again_is_a_doubt_also_if_it_had_ended_before() {
        endsWith(0);
        TargetWatch.WindowWatch windowWatch = watch.begin(ENTRY);
        Doubt again = Doubt.missed("it was started again");
        change = Optional.of(new ContainerChange.StartedAgain(again));

        assertThat(windowWatch.look()).isEqualTo(Findings.doubt(again));
    }

    @Test
    void without_returns_that_is_a_note_too() {
        TargetWatch.WindowWatch windowWatch = watch.begin(ENTRY);
        endsWith(134);

        assertThat(windowWatch.look().ofTarget()).isEmpty();
        assertThat(windowWatch.look().notes()).hasSize(1);
    }

    private void endsWith(long status) {
        change = Optional.of(new ContainerChange.Ended("ended with status " + status, status));
    }
}
