package io.probeunit.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.engine.Barrier;
import org.junit.jupiter.api.Test;

class CountersTest {

    private final Counters counters = new Counters(3);

    @Test
    void an_answer_is_complete_when_its_lines_have_arrived() {
        assertThat(counters.isComplete()).isTrue();

        counters.answer(0, new long[] {2, 5, 0, 7});
        counters.answer(2, new long[] {1, 0});
        counters.answeredAt(99);
        assertThat(counters.isComplete()).isFalse();
        counters.arrived(0);
        counters.arrived(2);
        assertThat(counters.isComplete()).isFalse();
        counters.arrived(0);
        assertThat(counters.isComplete()).isTrue();

        assertThat(counters.barrier().nanos()).isEqualTo(99);
        assertThat(counters.barrier().counts())
                .containsExactly(new Barrier.Count(7, 2), new Barrier.Count(7, 0), new Barrier.Count(1, 1));
    }

    @Test
    void a_line_of_one_point_does_not_stand_for_one_of_another() {
        counters.answer(0, new long[] {1, 0, 1, 0});
        counters.arrived(0);
        counters.arrived(0);

        assertThat(counters.isComplete()).isFalse();
    }

    @Test
    void lines_that_are_given_up_are_firings_without_details() {
        counters.answer(0, new long[] {5, 1, 2, 0});
        counters.arrived(0);
        counters.arrived(0);
        counters.arrived(1);

        assertThat(counters.giveUp()).containsExactly(3, 1, 0);
        assertThat(counters.isComplete()).isTrue();
        assertThat(counters.giveUp()).containsExactly(0, 0, 0);
        assertThat(counters.barrier().counts()).startsWith(new Barrier.Count(6, 2), new Barrier.Count(2, 1));

        counters.answer(0, new long[] {6, 1});
        assertThat(counters.isComplete()).isFalse();
        counters.arrived(0);
        assertThat(counters.isComplete()).isTrue();
        assertThat(counters.barrier().counts()).startsWith(new Barrier.Count(7, 3));
    }
}
