package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SemaphorePlacesTest {

    private static final List<Integer> PADDING = List.of(4090, 4089, 4088, 4087);

    @Test
    void a_semaphore_has_the_same_place_whatever_else_is_held() {
        assertThat(SemaphorePlaces.of(PADDING, Set.of(0x2002L, 0x2004L), 0))
                .containsAllEntriesOf(SemaphorePlaces.of(PADDING, Set.of(0x2004L), 0))
                .containsEntry(0x2002L, 4089);
    }

    @Test
    void no_two_semaphores_have_one_place() {
        Map<Long, Integer> places = SemaphorePlaces.of(PADDING, Set.of(0x2000L, 0x2008L, 0x2010L), 0);

        assertThat(places.values()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void the_places_are_enough_if_there_is_one_for_each() {
        Map<Long, Integer> places = SemaphorePlaces.of(PADDING, Set.of(0L, 2L, 4L, 8L), 3);

        assertThat(places.values()).containsExactlyInAnyOrder(4090, 4089, 4088, 4087);
    }

    @Test
    void where_another_run_is_in_the_way_all_move_on() {
        assertThat(SemaphorePlaces.of(PADDING, Set.of(0x2000L), 1)).isEqualTo(Map.of(0x2000L, 4089));
    }
}
