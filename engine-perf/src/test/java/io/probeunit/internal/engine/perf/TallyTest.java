package io.probeunit.internal.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    private static final long HALF = RecordingTool.RING / 2;

    private final Tally tally = new Tally(2);

    @Test
    void the_last_sample_of_each_source_tells_how_many_there_were() {
        tally.sample(0, 10, 3);
        tally.sample(0, 11, 1);
        tally.sample(0, 10, 7);
        tally.sample(1, 20, 2);

        assertThat(tally.counted()).containsExactly(8, 2);
        assertThat(tally.mayMiss()).isFalse();
    }

    @Test
    void a_sample_that_comes_again_is_no_other_one() {
        assertThat(tally.sample(0, 10, 1)).isTrue();
        assertThat(tally.sample(0, 10, 2)).isTrue();
        assertThat(tally.sample(0, 10, 1)).isFalse();
        assertThat(tally.sample(0, 10, 2)).isFalse();
        assertThat(tally.sample(0, 11, 2)).isTrue();
        assertThat(tally.sample(0, 10, 4)).isTrue();

        assertThat(tally.counted()).containsExactly(6, 0);
    }

    @Test
    void a_ring_that_was_found_full_may_have_lost_what_came_next() {
        tally.round(RecordingTool.RING - 100);

        assertThat(tally.mayMiss()).isTrue();
    }

    /** What perf still writes has not left the ring: it was full, though no pass found so much in it. */
    @Test
    void a_ring_may_be_full_while_a_pass_is_handed_on() {
        tally.round(HALF);
        tally.round(HALF);

        assertThat(tally.mayMiss()).isTrue();
    }

    @Test
    void small_passes_leave_no_doubt() {
        for (int i = 0; i < 10; i++) {
            tally.round(HALF / 2);
        }

        assertThat(tally.mayMiss()).isFalse();
    }

    @Test
    void a_doubt_lasts_until_the_counters_were_compared_as_of_then() {
        tally.lost();
        long doubts = tally.doubts();
        tally.lost();
        tally.nothingMissed(doubts);
        assertThat(tally.mayMiss()).isTrue();

        tally.nothingMissed(tally.doubts());
        assertThat(tally.mayMiss()).isFalse();
    }
}
