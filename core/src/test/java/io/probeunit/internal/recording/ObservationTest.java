package io.probeunit.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What doubts make of a count of hits. */
class ObservationTest {

    private static final Doubt MISSED = Doubt.missed("calls may be missing");
    private static final Doubt REPEATED = Doubt.repeated("it jumps to its beginning");
    private static final Doubt OTHERS = Doubt.others("two functions have one address");
    private static final Doubt VALUES = Doubt.values("a clone has other parameters");

    @Test
    void repeatedCallsLeaveAtLeastOne() {
        Observation seen = Observation.unfiltered(5, 0, List.of(REPEATED));

        assertThat(seen.describe()).isEqualTo("1 to 5 times");
        assertThat(seen.doubtsOfCount()).containsExactly("it jumps to its beginning");
    }

    @Test
    void oneHitIsOneCallWhateverRepeats() {
        Observation seen = Observation.unfiltered(1, 0, List.of(REPEATED));

        assertThat(seen.isExact()).isTrue();
        assertThat(seen.doubtsOfCount()).isEmpty();
    }

    @Test
    void hitsOfOthersLeaveNothingSure() {
        assertThat(Observation.unfiltered(3, 0, List.of(OTHERS)).describe()).isEqualTo("0 to 3 times");
        assertThat(Observation.unfiltered(0, 0, List.of(OTHERS)).isExact()).isTrue();
    }

    @Test
    void missedCallsLeaveNoUpperBound() {
        Observation seen = Observation.unfiltered(5, 0, List.of(REPEATED, MISSED));

        assertThat(seen.certain()).isEqualTo(1);
        assertThat(seen.possible()).isEqualTo(CountBounds.UNLIMITED);
        assertThat(seen.doubtsOfCount()).containsExactly("it jumps to its beginning", "calls may be missing");
    }

    @Test
    void wrongValuesLeaveConditionsOpenAndCountsAlone() {
        assertThat(Observation.unfiltered(5, 0, List.of(VALUES)).isExact()).isTrue();
        Observation filtered = Observation.filtered(2, 5, 0, 0, 0, List.of(VALUES));

        assertThat(filtered.describe()).isEqualTo("0 to 5 times");
        assertThat(filtered.doubtsOfCount()).containsExactly("a clone has other parameters");
    }

    @Test
    void ofRepeatedCallsItIsOpenWhichHitHadTheValuesOfTheCall() {
        Observation filtered = Observation.filtered(2, 5, 0, 0, 0, List.of(REPEATED));

        assertThat(filtered.describe()).isEqualTo("0 to 2 times");
        assertThat(filtered.doubtsOfCount()).containsExactly("it jumps to its beginning");
    }

    @Test
    void sumsAddWhatIsSureAndWhatIsPossible() {
        Observation sum = Observation.unfiltered(5, 0, List.of(REPEATED)).plus(Observation.exactly(2));

        assertThat(sum.describe()).isEqualTo("3 to 7 times");
    }

    @Test
    void whatMayBeOffIsInDoubtOnlyWhileItIsSilent() {
        List<Doubt> silent = List.of(Doubt.silent("it may be off"));

        Observation none = Observation.unfiltered(0, 0, silent);
        assertThat(none.isExact()).isFalse();
        assertThat(none.doubtsOfCount()).containsExactly("it may be off");
        assertThat(Observation.unfiltered(3, 0, silent)).isEqualTo(Observation.exactly(3));
        assertThat(Observation.filtered(0, 3, 0, 0, 0, silent).isExact()).isTrue();
        assertThat(Observation.filtered(0, 0, 0, 0, 0, silent).isExact()).isFalse();
    }

    @Test
    void ofSeveralPointsOneThatMayBeOffLeavesTheSumInDoubt() {
        Observation sum = Observation.unfiltered(0, 0, List.of(Doubt.silent("it may be off")))
                .plus(Observation.exactly(2));

        assertThat(sum.describe()).isEqualTo("at least 2 times");
    }
}
