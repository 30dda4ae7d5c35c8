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
    void repeated_calls_leave_at_least_one() {
        Observation seen = Observation.unfiltered(5, 0, List.of(REPEATED));

        assertThat(seen.describe()).isEqualTo("1 to 5 times");
        assertThat(seen.doubtsOfCount()).containsExactly("it jumps to its beginning");
    }

    @Test
    void one_hit_is_one_call_whatever_repeats() {
        Observation seen = Observation.unfiltered(1, 0, List.of(REPEATED));

        assertThat(seen.isExact()).isTrue();
        assertThat(seen.doubtsOfCount()).isEmpty();
    }

    @Test
    void hits_of_others_leave_nothing_sure() {
        assertThat(Observation.unfiltered(3, 0, List.of(OTHERS)).describe()).isEqualTo("0 to 3 times");
        assertThat(Observation.unfiltered(0, 0, List.of(OTHERS)).isExact()).isTrue();
    }

    @Test
    void missed_calls_leave_no_upper_bound() {
        Observation seen = Observation.unfiltered(5, 0, List.of(REPEATED, MISSED));

        assertThat(seen.certain()).isEqualTo(1);
        assertThat(seen.possible()).isEqualTo(CountBounds.UNLIMITED);
        assertThat(seen.doubtsOfCount()).containsExactly("it jumps to its beginning", "calls may be missing");
    }

    @Test
    void wrong_values_leave_conditions_open_and_counts_alone() {
        assertThat(Observation.unfiltered(5, 0, List.of(VALUES)).isExact()).isTrue();
        Observation filtered = Observation.filtered(2, 5, 0, 0, 0, List.of(VALUES));

        assertThat(filtered.describe()).isEqualTo("0 to 5 times");
        assertThat(filtered.doubtsOfCount()).containsExactly("a clone has other parameters");
    }

    @Test
    void of_repeated_calls_it_is_open_which_hit_had_the_values_of_the_call() {
        Observation filtered = Observation.filtered(2, 5, 0, 0, 0, List.of(REPEATED));

        assertThat(filtered.describe()).isEqualTo("0 to 2 times");
        assertThat(filtered.doubtsOfCount()).containsExactly("it jumps to its beginning");
    }

    @Test
    void sums_add_what_is_sure_and_what_is_possible() {
        Observation sum = Observation.unfiltered(5, 0, List.of(REPEATED)).plus(Observation.exactly(2));

        assertThat(sum.describe()).isEqualTo("3 to 7 times");
    }

    @Test
    void what_may_be_off_is_in_doubt_only_while_it_is_silent() {
        List<Doubt> silent = List.of(Doubt.silent("it may be off"));

        Observation none = Observation.unfiltered(0, 0, silent);
        assertThat(none.isExact()).isFalse();
        assertThat(none.doubtsOfCount()).containsExactly("it may be off");
        assertThat(Observation.unfiltered(3, 0, silent)).isEqualTo(Observation.exactly(3));
        assertThat(Observation.filtered(0, 3, 0, 0, 0, silent).isExact()).isTrue();
        assertThat(Observation.filtered(0, 0, 0, 0, 0, silent).isExact()).isFalse();
    }

    @Test
    void of_several_points_one_that_may_be_off_leaves_the_sum_in_doubt() {
        Observation sum = Observation.unfiltered(0, 0, List.of(Doubt.silent("it may be off")))
                .plus(Observation.exactly(2));

        assertThat(sum.describe()).isEqualTo("at least 2 times");
    }
}
