package io.probeunit.internal.recording;

import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What became of all expectations of a test.
 *
 * @param outcomes in the order declared
 * @param orders what became of the expected orders, in the order declared
 * @param summary all that is known of the window
 * @param after what was seen after the window, of the points that expectations with {@code within} watch; its times too
 *     count from the opening of the window; empty if there are no such expectations
 */
public record Judgement(List<Outcome> outcomes, List<OrderVerdict> orders, Summary summary, Optional<Summary> after) {

    private static final int MOST_HINTED = 5;

    /** Keeps copies of the lists. */
    public Judgement {
        outcomes = List.copyOf(outcomes);
        orders = List.copyOf(orders);
    }

    /**
     * What became of everything that was expected.
     *
     * @return one verdict each, those of orders last
     */
    public List<Verdict> verdicts() {
        return Stream.concat(
                        outcomes.stream().map(Outcome::verdict), orders.stream().map(OrderVerdict::verdict))
                .toList();
    }

    /**
     * The same with hints, if firings were expected and there was none. No verdict changes. Where a session was lost
     * that is why, and there are no hints.
     *
     * @param hints what may explain that points did not fire
     * @return with hints for the first few of such expectations, since they take time
     */
    public Judgement withHints(Function<ProbeRequest, List<String>> hints) {
        if (!summary.loss().interruptions().isEmpty()) {
            return this;
        }
        AtomicInteger left = new AtomicInteger(MOST_HINTED);
        return new Judgement(
                outcomes.stream()
                        .map(o -> o.isSilent() && left.getAndDecrement() > 0
                                ? o.withHints(hints.apply(o.expectation().probe()))
                                : o)
                        .toList(),
                orders,
                summary,
                after);
    }

    /**
     * Says whether the test may pass.
     *
     * @return true if all that was expected is met
     */
    public boolean isMet() {
        return verdicts().stream().allMatch(Verdict::isMet);
    }
}
