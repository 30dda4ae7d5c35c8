package io.probeunit.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.plan.CountBounds;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
            assertThat(inconclusive.reason()).isNotBlank();
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
        return Combinators.combine(some, some, some, some, some, Arbitraries.of(true, false), Arbitraries.of(0, 0, 1))
                .as((certain, wrong, unjudged, judged, undecided, filtered, doubts) -> filtered
                        ? new Observation(
                                certain,
                                certain + wrong + undecided + unjudged + judged,
                                unjudged + judged,
                                judged,
                                undecided,
                                true,
                                List.of("a doubt").subList(0, doubts))
                        : new Observation(
                                certain,
                                certain,
                                unjudged + judged,
                                0,
                                0,
                                false,
                                List.of("a doubt").subList(0, doubts)));
    }

    @Provide
    Arbitrary<CountBounds> bounds() {
        Arbitrary<Long> some = Arbitraries.longs().between(0, 15);
        return Combinators.combine(some, Arbitraries.oneOf(some, Arbitraries.just(CountBounds.UNLIMITED)))
                .as((low, high) -> new CountBounds(Math.min(low, high), Math.max(low, high)));
    }
}
