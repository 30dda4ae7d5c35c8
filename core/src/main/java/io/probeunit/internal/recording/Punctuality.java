package io.probeunit.internal.recording;

import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Latency;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What is known of the times of some calls, and what that makes of a limit.
 *
 * @param limit how long the calls may take
 * @param calls how many there are
 * @param violations how many of these violate the limit
 * @param late calls that have not returned, and violate the limit whenever they do
 * @param running calls that have not returned, of which nothing is known yet
 * @param longest the longest time of a call whose details are known, in nanoseconds
 */
public record Punctuality(
        Latency limit, Observation calls, Observation violations, long late, long running, OptionalLong longest) {

    /**
     * Judges the limit.
     *
     * @return met if it holds, whatever is not known; unmet if it does not
     */
    public Verdict verdict() {
        long fewest = calls.certain() + late;
        if (mostViolations() <= limit.allowed(fewest)) {
            return new Verdict.Met();
        }
        if (violations.certain() + late > limit.allowed(mostCalls())) {
            return new Verdict.Unmet();
        }
        return new Verdict.Inconclusive(Stream.of(
                        violations.doubtsOfCount().stream(),
                        calls.doubtsOfCount().stream(),
                        counted(running, "%s had begun and not returned"))
                .flatMap(doubts -> doubts)
                .distinct()
                .toList());
    }

    private static Stream<String> counted(long calls, String text) {
        return calls > 0 ? Stream.of(text.formatted(calls(calls))) : Stream.empty();
    }

    /**
     * What was seen, in words.
     *
     * @return for example {@code 2 of them took 5 ms or longer; the longest known took 7.1 ms}
     */
    public String describe() {
        String text = "%s did not satisfy %s"
                .formatted(number(violations), limit.limit().text());
        if (late + running > 0) {
            text += ", %s still running, %d late".formatted(calls(late + running), late);
        }
        return longest.isPresent() ? text + "; longest seen: " + SummaryText.time(longest.getAsLong()) : text;
    }

    private static String number(Observation seen) {
        return seen.isExact()
                ? calls(seen.certain())
                : seen.possible() == CountBounds.UNLIMITED
                        ? "at least " + calls(seen.certain())
                        : "%d to %s".formatted(seen.certain(), calls(seen.possible()));
    }

    private static String calls(long number) {
        return number == 1 ? "1 call" : number + " calls";
    }

    private long mostViolations() {
        return plus(violations.possible(), late + running);
    }

    private long mostCalls() {
        return plus(calls.possible(), late + running);
    }

    private static long plus(long count, long more) {
        return count == CountBounds.UNLIMITED ? count : count + more;
    }
}
