package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CountBoundsTest {

    @Test
    void bounds_that_every_count_satisfies_are_refused() {
        assertThatThrownBy(() -> CountBounds.of(-1, 0, -1))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("atLeast = 0")
                .hasMessageContaining("can never fail")
                .hasMessageContaining("@ProbeFunction");
    }

    @Test
    void at_least_nothing_beside_an_upper_bound_is_accepted() {
        assertThat(CountBounds.of(-1, 0, 3)).isEqualTo(new CountBounds(0, 3));
    }
}
