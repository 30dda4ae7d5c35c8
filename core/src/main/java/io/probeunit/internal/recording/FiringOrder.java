package io.probeunit.internal.recording;

import io.probeunit.Firing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for firings in an order; other firings may be in between, and none is used twice. */
public final class FiringOrder {

    private final List<Step> steps;
    private final List<Firing> found = new ArrayList<>();

    /**
     * The firings of one name.
     *
     * @param name as the test gives it
     * @param observation how often it fired
     * @param firings those of which details were kept, in the order of time
     */
    public record Step(String name, Observation observation, List<Firing> firings) {

        /** Keeps a copy of the list. */
        public Step {
            firings = List.copyOf(firings);
        }
    }

    private FiringOrder(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * Judges an order.
     *
     * @param steps what must have fired, in this order
     * @return met if such firings are there; inconclusive if firings of which details were dropped could be such
     */
    public static OrderOutcome judge(List<Step> steps) {
        return new FiringOrder(List.copyOf(steps)).judge();
    }

    private OrderOutcome judge() {
        for (Step step : steps) {
            Optional<Firing> next = next(step);
            if (next.isEmpty()) {
                break;
            }
            found.add(next.get());
        }
        return new OrderOutcome(steps.stream().map(Step::name).toList(), verdict(), story());
    }

    /** The earliest firing that is left; with it, most is left for the names that follow. */
    private Optional<Firing> next(Step step) {
        long after =
                found.isEmpty() ? Long.MIN_VALUE : found.get(found.size() - 1).nanos();
        return step.firings().stream()
                .filter(f -> f.nanos() >= after && !found.contains(f))
                .findFirst();
    }

    private Verdict verdict() {
        if (found.size() == steps.size()
                && steps.stream().allMatch(s -> s.observation().surplus() == 0)) {
            return new Verdict.Met();
        }
        if (steps.stream().anyMatch(s -> s.observation().possible() == 0)) {
            return new Verdict.Unmet();
        }
        List<String> doubts = steps.stream()
                .flatMap(s -> s.observation().doubtsOfDetails().stream().map(doubt -> s.name() + ": " + doubt))
                .distinct()
                .toList();
        return doubts.isEmpty() ? new Verdict.Unmet() : new Verdict.Inconclusive(doubts);
    }

    private String story() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            lines.add("%s at %s"
                    .formatted(
                            steps.get(i).name(), SummaryText.millis(found.get(i).nanos())));
        }
        if (found.size() < steps.size()) {
            lines.add(missing(steps.get(found.size())));
        }
        return String.join(", then ", lines);
    }

    private String missing(Step step) {
        String fired = step.observation().describe();
        if (step.firings().isEmpty()) {
            return "no %s (it fired %s)".formatted(step.name(), fired);
        }
        Firing last = step.firings().get(step.firings().size() - 1);
        return "no %s after that (it fired %s, last at %s)"
                .formatted(step.name(), fired, SummaryText.millis(last.nanos()));
    }
}
