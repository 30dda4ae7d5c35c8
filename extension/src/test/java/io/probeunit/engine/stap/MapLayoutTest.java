package io.probeunit.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MapLayoutTest {

    @Property(tries = 200)
    void every_number_has_a_key_of_its_own_and_there_are_no_others(
            @ForAll @IntRange(min = 1, max = 300) int points, @ForAll @IntRange(min = 1, max = 256) int cpus) {
        MapLayout layout = new MapLayout(points, cpus);
        List<Integer> keys = new ArrayList<>(List.of(layout.tickets(), layout.credit(), layout.sure()));
        for (int point = 0; point < points; point++) {
            keys.addAll(List.of(
                    layout.printed(point), layout.unprinted(point), layout.quota(point), layout.received(point)));
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            keys.add(layout.guard() + cpu);
        }

        assertThat(keys).doesNotHaveDuplicates().hasSize(layout.size()).allMatch(k -> k >= 0 && k < layout.size());
    }

    @Property(tries = 200)
    void as_many_points_as_are_allowed_fit_and_no_more(@ForAll @IntRange(min = 1, max = 1024) int cpus) {
        int most = MapLayout.mostPoints(cpus);

        assertThat(new MapLayout(most, cpus).size()).isLessThanOrEqualTo(2048);
        assertThat(new MapLayout(most + 1, cpus).size()).isGreaterThan(2048);
    }
}
