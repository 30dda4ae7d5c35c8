package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.NearestNames.EditDistance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {

    @ParameterizedTest
    @CsvSource({
        "reserv_stock, reserve_stock",
        "reserve_stcok, reserve_stock",
        "Reserve_Stock, reserve_stock",
        "reserveStock, reserve_stock",
        "__reserve_stock, reserve_stock",
        "reserve, reserve_stock",
        "do_reserve_stock_now, reserve_stock",
        "re, reserve_stock",
        "query_start, query__start"
    })
    void a_slip_is_near(String wanted, String meant) {
        assertThat(NearestNames.to(wanted, List.of("main", meant, "usage", "xyz"), 5))
                .containsExactly(meant);
    }

    @ParameterizedTest
    @CsvSource({"order, refund", "a, bc", "sort, so_much_else", "x, ''"})
    void something_else_is_not(String wanted, String other) {
        assertThat(NearestNames.to(wanted, List.of(other), 5)).isEmpty();
    }

    @Test
    void the_nearest_come_first_and_no_more_than_wanted() {
        List<String> names = List.of("order_placed_by_all", "oder", "Order", "border", "orderr", "ordres", "Order");

        assertThat(NearestNames.to("order", names, 4)).containsExactly("Order", "border", "oder", "orderr");
    }

    @Test
    void the_nearest_is_found_among_a_hundred_thousand() {
        List<String> names = IntStream.range(0, 100_000)
                .mapToObj(i -> "function_number_" + i * 7919L % 100_000)
                .toList();

        assertThat(NearestNames.to("funktion_number_77", names, 5)).startsWith("function_number_77");
    }

    @Property(tries = 300)
    void names_that_are_there_come_first(@ForAll String wanted, @ForAll List<String> names) {
        List<String> all = new ArrayList<>(names);
        all.add(wanted);

        assertThat(NearestNames.to(wanted, all, all.size()))
                .containsAll(wanted.isEmpty() ? List.of() : List.of(wanted))
                .doesNotHaveDuplicates();
        assertThat(NearestNames.to(wanted, all, 3)).hasSizeLessThanOrEqualTo(3).isSubsetOf(all);
    }

    @Property
    void the_distance_is_that_of_the_plain_algorithm(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String a,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String b,
            @ForAll @IntRange(max = 8) int most) {
        int distance = plainDistance(a, b);

        assertThat(EditDistance.between(a, b, most)).isEqualTo(distance > most ? Integer.MAX_VALUE : distance);
    }

    @Property
    void the_distance_is_symmetric(@ForAll @StringLength(max = 20) String a, @ForAll @StringLength(max = 20) String b) {
        assertThat(EditDistance.between(a, b, 8)).isEqualTo(EditDistance.between(b, a, 8));
    }

    @Property
    void the_order_of_the_names_does_not_matter(
            @ForAll @Size(max = 8) List<@CharRange(from = 'a', to = 'c') @StringLength(max = 5) String> names,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String wanted) {
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);

        assertThat(NearestNames.to(wanted, names, 5)).isEqualTo(NearestNames.to(wanted, reversed, 5));
    }

    /** Optimal string alignment as in the textbook: the whole table, no bound. */
    private static int plainDistance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                table[i][j] = Math.min(table[i - 1][j - 1] + change, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[a.length()][b.length()];
    }
}
