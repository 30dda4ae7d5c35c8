package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.plan.Condition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {

    private final Counters counters = new Counters(new MapLayout(Judging.none(3), 2));

    @Test
    void an_answer_is_complete_when_its_lines_have_arrived() {
        assertThat(counters.isComplete()).isTrue();

        counters.answer(0, new long[] {2, 5, 0, 7});
        counters.answer(4, new long[] {1, 0, 77, 88});
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

    @Test
    void firings_without_details_are_judged_by_the_filters_of_their_point() {
        IntegerFilter one = new IntegerFilter(List.of(Condition.parse("arg1 == 1", List.of())));
        IntegerFilter two = new IntegerFilter(List.of(Condition.parse("arg1 == 2", List.of())));
        Counters judging = new Counters(new MapLayout(new Judging(List.of(List.of(), List.of(one, two))), 2));

        judging.answer(0, new long[] {0, 7, 3, 9});
        judging.answer(4, new long[] {5, 0, 1, 2});
        judging.giveUp();

        assertThat(judging.barrier().counts())
                .containsExactly(
                        new Barrier.Count(7, 0),
                        new Barrier.Count(12, 0, Map.of(one, new Barrier.Judged(9, 5), two, new Barrier.Judged(7, 1))));
    }
}
