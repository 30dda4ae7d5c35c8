package io.probeunit.assertj;

import io.probeunit.Firing;
import io.probeunit.Firings;
import io.probeunit.Recording;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.Verdict;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * Assertions on firings. If a loss could make an assertion wrong, the assertion fails and says what was lost.
 */
public final class FiringsAssert extends AbstractAssert<FiringsAssert, Firings> {

    private final Recording recording;
    private final String what;

    FiringsAssert(Recording recording, Firings actual, String what) {
        super(actual, FiringsAssert.class);
        this.recording = recording;
        this.what = what;
    }

    /**
     * Continues with the firings in one container.
     *
     * @param container the target's name
     * @return assertions on them
     * @throws io.probeunit.ProbeException if the points are not probed in such a container
     */
    public FiringsAssert in(String container) {
        return narrowed(actual.in(container), what + " in container " + container);
    }

    /**
     * Continues with the firings that satisfy a condition.
     *
     * @param condition as for {@link Firings#where(String)}
     * @return assertions on them
     * @throws io.probeunit.ProbeException if the condition is not understood, or names a value that is not captured
     */
    public FiringsAssert where(String condition) {
        return narrowed(actual.where(condition), "%s where \"%s\"".formatted(what, condition));
    }

    /**
     * Verifies that there is at least one firing.
     *
     * @return this
     */
    public FiringsAssert fired() {
        return firedAtLeast(1);
    }

    /**
     * Verifies the exact number of firings.
     *
     * @param times 0 or more
     * @return this
     */
    public FiringsAssert firedTimes(long times) {
        refuseNegative("firedTimes", times);
        return counts(new CountBounds(times, times));
    }

    /**
     * Verifies a lower bound.
     *
     * @param times 0 or more
     * @return this
     */
    public FiringsAssert firedAtLeast(long times) {
        refuseNegative("firedAtLeast", times);
        return counts(new CountBounds(times, CountBounds.UNLIMITED));
    }

    /**
     * Verifies an upper bound. It is satisfied if there is no firing.
     *
     * @param times 0 or more
     * @return this
     */
    public FiringsAssert firedAtMost(long times) {
        refuseNegative("firedAtMost", times);
        return counts(new CountBounds(0, times));
    }

    /**
     * Verifies that there is no firing.
     *
     * @return this
     */
    public FiringsAssert neverFired() {
        return firedTimes(0);
    }

    /**
     * Continues with AssertJ's assertions on lists. They need the details of all firings: this fails if some were
     * dropped. For the firings whose details were kept, use {@link Firings#list()}.
     *
     * @return assertions on the firings, in the order of time
     */
    public ListAssert<Firing> firings() {
        return Assertions.assertThat(complete()).as(description());
    }

    /**
     * Verifies the number of firings, and each of them in the order of time.
     *
     * @param assertions one for each firing
     * @return this
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // handed on as it is
    public final FiringsAssert hasFiringsSatisfyingExactly(Consumer<Firing>... assertions) {
        firedTimes(assertions.length);
        if (assertions.length > 0) {
            firings().satisfiesExactly(assertions);
        }
        return this;
    }

    private static void refuseNegative(String assertion, long times) {
        if (times < 0) {
            throw new IllegalArgumentException("%s(%d): give 0 or more".formatted(assertion, times));
        }
    }

    private FiringsAssert narrowed(Firings firings, String narrower) {
        FiringsAssert narrow = new FiringsAssert(recording, firings, narrower);
        return info.hasDescription() ? narrow.as(info.description()) : narrow;
    }

    private FiringsAssert counts(CountBounds bounds) {
        isNotNull();
        Observation seen = Observations.of(actual);
        Verdict verdict = Verdict.of(seen, bounds);
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            fail(seen, bounds, "; that is inconclusive: " + inconclusive.text());
        }
        if (!verdict.isMet()) {
            fail(seen, bounds, "");
        }
        return this;
    }

    private void fail(Observation seen, CountBounds bounds, String doubts) {
        failWithActualExpectedAndMessage(
                seen.describe(),
                bounds.toString(),
                "%s",
                "Expecting %s to have fired %s, but it fired %s%s%s.%n%s"
                        .formatted(what, bounds, seen.describe(), unfiltered(seen), doubts, Window.tell(recording)));
    }

    private static String unfiltered(Observation seen) {
        return seen.filtered() ? " (%d whatever the values)".formatted(seen.fired()) : "";
    }

    private List<Firing> complete() {
        isNotNull();
        List<Firing> list = actual.list();
        List<String> doubts = Observations.of(actual).doubtsOfDetails();
        if (!doubts.isEmpty()) {
            failWithMessage(
                    "%s",
                    "Expecting the details of all firings of %s, but not all are known: %s.%n%s"
                            .formatted(what, String.join("; ", doubts), Window.tell(recording)));
        }
        return list;
    }

    private String description() {
        return info.hasDescription()
                ? "%s (firings of %s)".formatted(info.descriptionText(), what)
                : "firings of " + what;
    }
}
