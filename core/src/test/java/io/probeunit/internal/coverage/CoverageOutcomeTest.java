package io.probeunit.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.Share;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverageOutcomeTest {

    private static final CoveragePoint.File SHOP = new CoveragePoint.File("shop", "/bin/shop");
    private static final CoveragePoint.File DB = new CoveragePoint.File("db", "/bin/db");
    private static final Observation FIRED = Observation.exactly(2);
    private static final Observation SILENT = Observation.exactly(0);
    private static final Observation UNKNOWN =
            Observation.unfiltered(0, 0, List.of(Doubt.missed("the container restarted")));
    /** Each firing may be one of another function. */
    private static final Observation FOLDED =
            Observation.unfiltered(3, 0, List.of(Doubt.others("f and g share one address")));

    private final Map<CoveragePoint, Observation> seen = new LinkedHashMap<>();

    private static CoveragePoint mark(CoveragePoint.File file, String name) {
        return new CoveragePoint(file, true, name);
    }

    private CoverageOutcome share(String share, String... notRun) {
        return outcome(Optional.of(Share.parse(share)), Set.of(), notRun);
    }

    private CoverageOutcome snapshot(String... names) {
        return outcome(Optional.empty(), Set.of(names));
    }

    private CoverageOutcome outcome(Optional<Share> share, Set<String> names, String... notRun) {
        return new CoverageOutcome(
                ClassCoverage.of(List.of(seen), List.of(notRun)),
                share,
                Optional.of(new CoverageOutcome.Snapshot("fired.txt", names)).filter(s -> !names.isEmpty()),
                Map.of("memcpy", "it is chosen at run time"));
    }

    @Test
    void a_share_is_met_whatever_is_not_known_if_enough_fired() {
        seen.put(mark(SHOP, "a"), FIRED);
        seen.put(mark(SHOP, "b"), UNKNOWN);

        assertThat(share("50%", "a test").verdict().isMet()).isTrue();
    }

    @Test
    void a_share_is_inconclusive_if_what_is_not_known_could_be_enough() {
        seen.put(mark(SHOP, "a"), FIRED);
        seen.put(mark(SHOP, "b"), UNKNOWN);
        seen.put(mark(SHOP, "c"), SILENT);

        assertThat(share("60%").verdict()).isEqualTo(new Verdict.Inconclusive(List.of("the container restarted")));
        assertThat(share("60%").story())
                .contains("may not fire: b", "never fired:  c", "doubts:       the container restarted");
        assertThat(share("67%").verdict()).isInstanceOf(Verdict.Unmet.class);
        assertThat(share("67%", "X.test() did not run").verdict()).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void a_function_that_shares_its_address_is_not_known_to_have_fired() {
        seen.put(mark(SHOP, "f"), FOLDED);

        assertThat(snapshot("f").verdict()).isEqualTo(new Verdict.Inconclusive(List.of("f and g share one address")));
    }

    @Test
    void a_name_counts_as_fired_if_one_of_its_points_fired() {
        seen.put(mark(SHOP, "a"), SILENT);
        seen.put(mark(DB, "a"), FIRED);

        assertThat(snapshot("a").verdict().isMet()).isTrue();
    }

    @Test
    void what_is_silent_for_sure_is_unmet_beside_what_is_not_known() {
        seen.put(mark(SHOP, "a"), SILENT);
        seen.put(mark(SHOP, "b"), UNKNOWN);

        assertThat(snapshot("a", "b").verdict()).isInstanceOf(Verdict.Unmet.class);
        assertThat(snapshot("a", "b").story()).contains("silent:       a", "in doubt:     b");
    }

    @Test
    void a_name_that_is_gone_is_unmet_and_one_that_cannot_be_counted_is_inconclusive() {
        seen.put(mark(SHOP, "a"), FIRED);

        assertThat(snapshot("gone").verdict()).isInstanceOf(Verdict.Unmet.class);
        assertThat(snapshot("memcpy").verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(snapshot("memcpy").story()).contains("not counted:  memcpy: it is chosen at run time");
    }
}
