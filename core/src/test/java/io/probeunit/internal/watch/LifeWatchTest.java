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
    void aContainerThatRunsIsNoFinding() {
        assertThat(watch.begin(RETURN).look()).isEqualTo(Findings.NOTHING);
    }

    @Test
    void oneThatHadEndedBeforeIsNoneOfThisWindow() {
        endsWith(134);

        assertThat(watch.begin(RETURN).look()).isEqualTo(Findings.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 137, 143, 255})
    void anEndThatNoProbeCausesIsANote(long status) {
        TargetWatch.Vigil vigil = watch.begin(RETURN);
        endsWith(status);

        assertThat(vigil.look())
                .isEqualTo(new Findings(List.of(), Map.of(), List.of("container shop ended with status " + status)));
    }

    @Test
    void aReturnProbeMayBeTheCauseOfAnEndByItsOwnFault() {
        TargetWatch.Vigil vigil = watch.begin(RETURN);
        endsWith(134);

        assertThat(vigil.look().ofTarget())
                .singleElement()
                .extracting(Doubt::text)
                .asString()
                .startsWith("container shop ended with status 134 while f.return was probed");
    }

    @Test
    void aBreakpointThatCodeTookAlongMayBeTheCauseOfSigtrap() {
        TargetWatch.Vigil vigil = watch.begin(ENTRY);
        endsWith(133);

        assertThat(vigil.look().ofTarget())
                .singleElement()
                .extracting(Doubt::text)
                .asString()
                .startsWith("container shop ended with status 133 while probes were armed");
    }

    @Test
    void oneThatWasStartedAgainIsADoubtAlsoIfItHadEndedBefore() {
        endsWith(0);
        TargetWatch.Vigil vigil = watch.begin(ENTRY);
        Doubt again = Doubt.missed("it was started again");
        change = Optional.of(new ContainerChange.StartedAgain(again));

        assertThat(vigil.look()).isEqualTo(Findings.doubt(again));
    }

    @Test
    void withoutReturnsThatIsANoteToo() {
        TargetWatch.Vigil vigil = watch.begin(ENTRY);
        endsWith(134);

        assertThat(vigil.look().ofTarget()).isEmpty();
        assertThat(vigil.look().notes()).hasSize(1);
    }

    private void endsWith(long status) {
        change = Optional.of(new ContainerChange.Ended("ended with status " + status, status));
    }
}
