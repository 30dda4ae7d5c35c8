package io.probeunit.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** The verdict on an uncertain count agrees with the verdicts on all counts that it could be. */
class VerdictPropertiesTest {

    private static final long FAR = 40;

    @Property(edgeCases = EdgeCasesMode.NONE)
    void is_what_all_possible_counts_say(
            @ForAll("observations") Observation seen, @ForAll("bounds") CountBounds bounds) {
        boolean someRight = false;
        boolean someWrong = false;
        for (long n = seen.certain(); n <= Math.min(seen.possible(), FAR); n++) {
            someRight |= bounds.contains(n);
            someWrong |= !bounds.contains(n);
        }
        Verdict verdict = Verdict.of(seen, bounds);
        assertThat(verdict instanceof Verdict.Met).isEqualTo(!someWrong);
        assertThat(verdict instanceof Verdict.Unmet).isEqualTo(!someRight);
        assertThat(verdict instanceof Verdict.Inconclusive).isEqualTo(someRight && someWrong);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void an_inconclusive_verdict_has_a_reason(
            @ForAll("observations") Observation seen, @ForAll("bounds") CountBounds bounds) {
        if (Verdict.of(seen, bounds) instanceof Verdict.Inconclusive inconclusive) {
            assertThat(inconclusive.text()).isNotBlank();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void an_exact_count_is_never_inconclusive(
            @ForAll @LongRange(min = 0, max = 20) long count, @ForAll("bounds") CountBounds bounds) {
        assertThat(Verdict.of(Observation.exactly(count), bounds).isMet()).isEqualTo(bounds.contains(count));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_sum_of_two_counts_lies_in_the_sum_of_their_intervals(
            @ForAll("observations") Observation a, @ForAll("observations") Observation b) {
        Observation sum = a.plus(b);
        assertThat(sum.certain()).isEqualTo(a.certain() + b.certain());
        boolean unlimited = a.possible() == CountBounds.UNLIMITED || b.possible() == CountBounds.UNLIMITED;
        if (unlimited) {
            assertThat(sum.possible()).isEqualTo(CountBounds.UNLIMITED);
        } else {
            assertThat(sum.possible()).isGreaterThanOrEqualTo(a.possible() + b.possible());
        }
    }

    @Provide
    Arbitrary<Observation> observations() {
        Arbitrary<Long> some = Arbitraries.longs().between(0, 6);
        return Combinators.combine(some, some, some, some, some, Arbitraries.of(true, false), doubts())
                .as((satisfied, wrong, unjudged, judged, undecided, filtered, doubts) -> filtered
                        ? Observation.filtered(
                                satisfied,
                                satisfied + wrong + undecided + unjudged + judged,
                                unjudged + judged,
                                judged,
                                undecided,
                                doubts)
                        : Observation.unfiltered(satisfied, unjudged + judged, doubts));
    }

    private static Arbitrary<List<Doubt>> doubts() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(List.of())),
                Tuple.of(
                        1,
                        Arbitraries.of(Doubt.Effect.class)
                                .map(effect -> new Doubt(effect, "a doubt"))
                                .list()
                                .ofMaxSize(2)));
    }

    @Provide
    Arbitrary<CountBounds> bounds() {
        Arbitrary<Long> some = Arbitraries.longs().between(0, 15);
        return Combinators.combine(some, Arbitraries.oneOf(some, Arbitraries.just(CountBounds.UNLIMITED)))
                .as((low, high) -> new CountBounds(Math.min(low, high), Math.max(low, high)));
    }
}
