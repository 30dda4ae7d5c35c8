package io.probeunit.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinkedSemaphoresTest {

    private static final List<Integer> PADDING = List.of(4090, 4089, 4088, 4087);

    @Test
    void a_semaphore_has_the_same_place_whatever_else_is_held() {
        assertThat(LinkedSemaphores.places(PADDING, Set.of(0x2002L, 0x2004L), 0))
                .containsAll(LinkedSemaphores.places(PADDING, Set.of(0x2004L), 0))
                .contains(new Bpf.Place(4089, 0, Optional.of(0x2002L)));
    }

    @Test
    void no_two_semaphores_have_one_place() {
        Set<Long> collide = Set.of(0x2000L, 0x2008L, 0x2010L);

        assertThat(LinkedSemaphores.places(PADDING, collide, 0))
                .extracting(Bpf.Place::offset)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_places_are_enough_if_there_is_one_for_each() {
        Set<Long> four = LongStream.of(0, 2, 4, 8).boxed().collect(Collectors.toSet());

        assertThat(LinkedSemaphores.places(PADDING, four, 3))
                .extracting(Bpf.Place::offset)
                .containsExactlyInAnyOrder(4090L, 4089L, 4088L, 4087L);
    }

    @Test
    void where_another_run_is_in_the_way_all_move_on() {
        assertThat(LinkedSemaphores.places(PADDING, Set.of(0x2000L), 1))
                .containsExactly(new Bpf.Place(4089, 0, Optional.of(0x2000L)));
    }
}
