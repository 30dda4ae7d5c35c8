package io.probeunit.assertj;

import io.probeunit.Firings;
import io.probeunit.Loss;
import io.probeunit.Recording;
import io.probeunit.internal.recording.OrderOutcome;
import io.probeunit.internal.recording.ProbedRecording;
import io.probeunit.internal.recording.Verdict;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a recording. */
public final class RecordingAssert extends AbstractAssert<RecordingAssert, Recording> {

    RecordingAssert(Recording actual) {
        super(actual, RecordingAssert.class);
    }

    /**
     * Continues with the firings of a function.
     *
     * @param name as for {@link Recording#function(String)}
     * @return assertions on them
     * @throws io.probeunit.ProbeException if no annotation of this test probes such a function
     */
    public FiringsAssert function(String name) {
        isNotNull();
        return on(actual.function(name), "function " + name);
    }

    /**
     * Continues with the firings of a function's return.
     *
     * @param name as for {@link Recording#functionReturn(String)}
     * @return assertions on them
     * @throws io.probeunit.ProbeException if no annotation of this test probes the return of such a function
     */
    public FiringsAssert functionReturn(String name) {
        isNotNull();
        return on(actual.functionReturn(name), "return of function " + name);
    }

    /**
     * Continues with the firings of a mark.
     *
     * @param name as for {@link Recording#mark(String)}
     * @return assertions on them
     * @throws io.probeunit.ProbeException if no annotation of this test probes such a mark, or it is ambiguous
     */
    public FiringsAssert mark(String name) {
        isNotNull();
        return on(actual.mark(name), "mark " + name);
    }

    /**
     * Continues with the firings of everything that the test probes.
     *
     * @return assertions on them
     */
    public FiringsAssert firings() {
        isNotNull();
        return on(actual.firings(), "all probe points");
    }

    /**
     * Verifies that there are firings in this order; other firings may be in between.
     *
     * @param names functions or marks in the expected order, at least one
     * @return this
     * @throws io.probeunit.ProbeException if a name is not probed, or is ambiguous
     */
    public RecordingAssert firedInOrder(String... names) {
        isNotNull();
        if (names.length == 0) {
            throw new IllegalArgumentException("firedInOrder() needs the names of functions or marks");
        }
        OrderOutcome outcome = order(List.of(names));
        if (outcome.verdict() instanceof Verdict.Inconclusive inconclusive) {
            failWithMessage(
                    "%s",
                    "Expecting firings in the order %s, which is inconclusive: %s.%nFound: %s.%n%s"
                            .formatted(
                                    String.join(", then ", names),
                                    inconclusive.text(),
                                    outcome.story(),
                                    Window.tell(actual)));
        }
        if (!outcome.verdict().isMet()) {
            failWithMessage(
                    "%s",
                    "Expecting firings in the order %s, but found: %s.%n%s"
                            .formatted(String.join(", then ", names), outcome.story(), Window.tell(actual)));
        }
        return this;
    }

    /**
     * Verifies that all firings are known with their details.
     *
     * @return this
     */
    public RecordingAssert hasNoLoss() {
        isNotNull();
        Loss loss = actual.loss();
        if (!loss.isNone()) {
            failWithActualExpectedAndMessage(
                    loss,
                    Loss.none(),
                    "%s",
                    "Expecting nothing to be lost, but something was.%n%s".formatted(Window.tell(actual)));
        }
        return this;
    }

    private FiringsAssert on(Firings firings, String what) {
        FiringsAssert firingsAssert = new FiringsAssert(actual, firings, what);
        return info.hasDescription() ? firingsAssert.as(info.description()) : firingsAssert;
    }

    private OrderOutcome order(List<String> names) {
        if (actual instanceof ProbedRecording probed) {
            return probed.order(names);
        }
        throw new IllegalArgumentException("firedInOrder() needs a recording made by ProbeUnit, not " + actual);
    }
}
