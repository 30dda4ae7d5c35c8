package io.probeunit.internal.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FiringColumnsPropertiesTest {

    private static final int POINT = 3;
    private static final int SLOTS = 2;

    @Provide
    Arbitrary<RawFiring> firings() {
        Arbitrary<Value> values = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, Arbitraries.longs().map(Value.Number::new)),
                net.jqwik.api.Tuple.of(2, Arbitraries.strings().map(text -> new Value.Text(text, text.length() > 5))),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Value.Unreadable())));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 50),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("shop", "worker"),
                        values.list().ofSize(SLOTS))
                .as((nanos, task, command, slots) -> new RawFiring(POINT, nanos, task, task + 1, command, slots));
    }

    private static FiringColumns columns(List<RawFiring> firings) {
        FiringColumns columns = new FiringColumns(POINT, SLOTS);
        firings.forEach(columns::add);
        return columns;
    }

    /** More rows than a chunk has, from few that are tried. */
    private static List<RawFiring> repeated(List<RawFiring> firings, int times) {
        List<RawFiring> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.addAll(firings);
        }
        return all;
    }

    @Property(tries = 100)
    void what_goes_in_comes_out(
            @ForAll("firings_list") List<RawFiring> firings, @ForAll @IntRange(min = 1, max = 600) int times) {
        List<RawFiring> all = repeated(firings, times);
        FiringColumns columns = columns(all);

        assertThat(columns.size()).isEqualTo(all.size());
        assertThat(new ArrayList<>(columns.view())).isEqualTo(all);
        assertThat(columns.view().get(all.size() - 1)).isEqualTo(all.get(all.size() - 1));
    }

    @Property(tries = 100)
    void the_first_in_time_are_taken_and_the_others_stay(
            @ForAll("firings_list") List<RawFiring> firings,
            @ForAll @IntRange(min = 1, max = 200) int times,
            @ForAll @IntRange(max = 3000) int count) {
        List<RawFiring> all = repeated(firings, times);
        FiringColumns columns = columns(all);

        List<RawFiring> taken = columns.takeFirst(count).view();

        assertThat(taken).hasSize(Math.min(count, all.size()));
        assertThat(columns.size()).isEqualTo(all.size() - taken.size());
        long last = taken.stream().mapToLong(RawFiring::nanos).max().orElse(0);
        assertThat(columns.view()).allMatch(rest -> rest.nanos() >= last);
        List<RawFiring> both = new ArrayList<>(taken);
        both.addAll(columns.view());
        assertThat(sorted(both)).isEqualTo(sorted(all));
    }

    @Property(tries = 50)
    void a_view_does_not_see_what_is_added_later(
            @ForAll("firings_list") List<RawFiring> before, @ForAll("firings_list") List<RawFiring> after) {
        FiringColumns columns = columns(before);
        List<RawFiring> view = columns.view();

        repeated(after, 300).forEach(columns::add);

        assertThat(new ArrayList<>(view)).isEqualTo(before);
    }

    @Property(tries = 50)
    void rows_of_another_one_come_behind_its_own(
            @ForAll("firings_list") List<RawFiring> one,
            @ForAll("firings_list") List<RawFiring> other,
            @ForAll @IntRange(min = 1, max = 200) int times) {
        FiringColumns columns = columns(one);
        columns.addAll(columns(repeated(other, times)));
        columns.addAll(columns(one));

        List<RawFiring> expected = new ArrayList<>(one);
        expected.addAll(repeated(other, times));
        expected.addAll(one);
        assertThat(new ArrayList<>(columns.view())).isEqualTo(expected);
    }

    /** So many that their table grows several times. */
    @Property(tries = 20)
    void every_task_is_told_from_the_others(@ForAll @IntRange(min = 1, max = 500) int tasks) {
        List<RawFiring> firings = new ArrayList<>();
        for (int i = 0; i < 3 * tasks; i++) {
            int task = i * 7 % tasks;
            firings.add(new RawFiring(
                    POINT, i, task / 4, task, "worker" + task % 2, List.of(new Value.Number(i), new Value.Number(0))));
        }

        assertThat(new ArrayList<>(columns(firings).view())).isEqualTo(firings);
    }

    /** A firing costs the room of its numbers in columns that grow, and no object. */
    @Example
    void a_firing_that_is_added_makes_no_object() {
        int times = 100_000;
        RawFiring firing =
                new RawFiring(POINT, 1, 2, 3, "shop", List.of(new Value.Number(1L << 60), new Value.Number(5)));
        FiringColumns columns = columns(repeated(List.of(firing), 10_000));

        long before = allocated();
        for (int i = 0; i < times; i++) {
            columns.add(firing);
        }
        long bytes = allocated() - before;

        assertThat(columns.size()).isEqualTo(times + 10_000);
        // 4 columns of 8 bytes, which double up to a whole chunk, and then the packed ones
        assertThat(bytes).as("bytes for %d firings", times).isLessThan(90L * times);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Property
    void numbers_keep_all_their_bits(@ForAll @Size(max = 50) long[] numbers) {
        PackedLongs packed = PackedLongs.of(numbers, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(packed.get(i)).isEqualTo(numbers[i]);
        }
    }

    @Property
    void the_widest_difference_of_each_width_fits(
            @ForAll long lowest, @ForAll @IntRange(max = 63) int bits, @ForAll @IntRange(max = 1) int more) {
        numbers_keep_all_their_bits(new long[] {lowest, lowest + (1L << bits) - 1 + more, lowest});
    }

    @Provide("firings_list")
    Arbitrary<List<RawFiring>> firingsList() {
        return firings().list().ofMinSize(1).ofMaxSize(20);
    }

    private static List<RawFiring> sorted(List<RawFiring> firings) {
        return firings.stream()
                .sorted(Comparator.comparing(RawFiring::toString))
                .toList();
    }
}
