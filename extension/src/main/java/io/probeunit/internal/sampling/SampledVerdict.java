package io.probeunit.internal.sampling;

import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.report.TestReport;
import io.probeunit.internal.report.VerdictWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The verdict of samples on one expectation.
 *
 * @param expectation what was expected
 * @param container the name of the target
 * @param host where it was sampled from
 * @param samples those of the container
 */
public record SampledVerdict(SampledExpectation expectation, String container, String host, Samples samples) {

    /** Two standard errors hold the true share in 19 of 20 tests. */
    private static final double STANDARD_ERRORS = 2;

    public boolean isMet() {
        return !isInconclusive() && percent(found()) >= expectation.atLeastPercent();
    }

    public boolean isInconclusive() {
        return samples.doubt().isPresent() || samples.total() < expectation.minSamples();
    }

    /** The same for programs. */
    public TestReport.Sampled forReport() {
        return new TestReport.Sampled(
                expectation.declaration(),
                VerdictWord.of(isMet(), isInconclusive()),
                Optional.of(actual()).filter(doubt -> isInconclusive()),
                expectation.function().describe(),
                container,
                host,
                found(),
                samples.total(),
                expectation.atLeastPercent());
    }

    /** The story of one that is not met. */
    public List<String> story() {
        List<String> lines = new ArrayList<>();
        lines.add("expected:  " + expectation.expected());
        lines.add((isInconclusive() ? "inconclusive: " : "actual:    ") + actual());
        if (!samples.top().isEmpty()) {
            lines.add("on top:    " + top());
        }
        lines.add("container: %s, sampled 997 times a second and CPU while its code ran in user space, from host %s"
                .formatted(container, host));
        return lines;
    }

    /** What was seen, on one line. */
    public String actual() {
        return samples.doubt()
                .map(doubt -> "no verdict is possible, since " + doubt)
                .orElseGet(() -> isInconclusive()
                        ? "%s in all, fewer than minSamples = %d: the container hardly used a CPU while the test ran. Give it more to do, or lower minSamples."
                                .formatted(samples(samples.total()), expectation.minSamples())
                        : share());
    }

    private String share() {
        return "in %d of %s, %s %% (± %s)"
                .formatted(
                        found(),
                        samples(samples.total()),
                        oneDigit(percent(found())),
                        oneDigit(uncertaintyInPercent()));
    }

    private String top() {
        return samples.top().stream()
                .map(share -> "%s %s %%".formatted(share.code(), oneDigit(percent(share.samples()))))
                .collect(Collectors.joining(", "));
    }

    private long found() {
        return samples.found().getOrDefault(expectation, 0L);
    }

    private double percent(long some) {
        return samples.total() == 0 ? 0 : 100.0 * some / samples.total();
    }

    private double uncertaintyInPercent() {
        double share = percent(found()) / 100;
        return 100 * STANDARD_ERRORS * Math.sqrt(share * (1 - share) / samples.total());
    }

    private static String samples(long count) {
        return count == 1 ? "1 sample" : count + " samples";
    }

    private static String oneDigit(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
