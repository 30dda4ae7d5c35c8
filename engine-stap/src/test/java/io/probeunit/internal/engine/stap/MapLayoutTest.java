package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.plan.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MapLayoutTest {

    @Property(tries = 200)
    void every_number_has_a_key_of_its_own_and_there_are_no_others(
            @ForAll @IntRange(min = 1, max = 300) int points,
            @ForAll @IntRange(max = 4) int filters,
            @ForAll @IntRange(min = 1, max = 256) int cpus) {
        MapLayout layout = new MapLayout(judging(points, filters), cpus);
        List<Integer> keys = new ArrayList<>(List.of(layout.tickets(), layout.credit(), layout.sure()));
        for (int point = 0; point < points; point++) {
            keys.addAll(List.of(
                    MapLayout.printed(point), MapLayout.unprinted(point), layout.quota(point), layout.received(point)));
        }
        for (int point = 0; point < points; point++) {
            for (int i = 0; i < layout.judging().filters().get(point).size(); i++) {
                keys.add(layout.satisfied(point, i));
                keys.add(layout.undecided(point, i));
                assertThat(layout.undecided(point, i)).isLessThan(layout.answered());
            }
            assertThat(MapLayout.unprinted(point)).isLessThan(layout.answered());
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            keys.add(layout.guard() + cpu);
        }

        assertThat(keys).doesNotHaveDuplicates().hasSize(layout.size()).allMatch(k -> k >= 0 && k < layout.size());
    }

    @Property(tries = 200)
    void as_many_points_as_are_allowed_fit_and_no_more(@ForAll @IntRange(min = 1, max = 1024) int cpus) {
        int most = MapLayout.mostPoints(cpus);

        assertThat(new MapLayout(Judging.none(most), cpus).size()).isLessThanOrEqualTo(2048);
        assertThat(new MapLayout(Judging.none(most + 1), cpus).size()).isGreaterThan(2048);
    }

    @Property(tries = 200)
    void as_many_filters_as_are_allowed_fit_and_no_more(
            @ForAll @IntRange(min = 1, max = 200) int points, @ForAll @IntRange(min = 1, max = 256) int cpus) {
        int most = MapLayout.mostFilters(points, cpus);

        assertThat(new MapLayout(Judging.none(points), cpus).size() + 2 * most).isBetween(2047, 2048);
    }

    /** Every other point is judged. */
    private static Judging judging(int points, int filters) {
        List<IntegerFilter> some = IntStream.range(0, filters)
                .mapToObj(i -> new IntegerFilter(List.of(Condition.parse("arg1 == " + i, List.of()))))
                .toList();
        return new Judging(IntStream.range(0, points)
                .mapToObj(point -> point % 2 == 0 ? some : List.<IntegerFilter>of())
                .toList());
    }
}
