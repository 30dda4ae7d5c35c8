package io.probeunit.internal.junit.lifecycle;

import io.probeunit.ProbeException;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.declared.TargetChoice;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.report.TestReport;
import io.probeunit.internal.report.VerdictWord;
import io.probeunit.internal.sampling.SampledVerdict;
import io.probeunit.internal.sampling.Samples;
import io.probeunit.internal.sampling.Sampling;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.AssertionFailedError;

/**
 * The {@code @ExpectSampled} of one test: sampled while the window is open, and reported together with other failures
 * of the test. Kept in the test's store, whose close is the safety net.
 */
final class SamplingCheck implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(SamplingCheck.class);

    private final List<SampledExpectation> expectations;
    private final Map<DeclaredTarget, List<SampledExpectation>> byTarget = new LinkedHashMap<>();
    private final Map<DeclaredTarget, Sampling.Running> running = new LinkedHashMap<>();
    private final Map<SampledExpectation, SampledVerdict> verdicts = new LinkedHashMap<>();
    private String host = "";
    private List<String> passedOver = List.of();
    private boolean begun;

    SamplingCheck(List<SampledExpectation> expectations) {
        this.expectations = List.copyOf(expectations);
    }

    /** That of a test; one that expects nothing if the test has none. */
    static SamplingCheck of(ExtensionContext test) {
        return Optional.ofNullable(test.getStore(NAMESPACE).get(SamplingCheck.class, SamplingCheck.class))
                .orElseGet(() -> new SamplingCheck(List.of()));
    }

    void putInto(ExtensionContext test) {
        test.getStore(NAMESPACE).put(SamplingCheck.class, this);
    }

    /**
     * Begins to sample. Does nothing the second time.
     *
     * @throws UnavailableException if this cannot be done here
     * @throws ProbeException if a container does not run, or there is no such function, with all the reasons
     */
    void begin(Supplier<TargetChoice> targets, Supplier<HostChoice<Sampling>> hosts) {
        if (begun || expectations.isEmpty()) {
            return;
        }
        begun = true;
        TargetChoice choice = targets.get();
        for (SampledExpectation expectation : expectations) {
            DeclaredTarget target =
                    choice.of(expectation.declaration(), expectation.function().container());
            byTarget.computeIfAbsent(target, t -> new ArrayList<>()).add(expectation);
        }
        HostChoice.Taken<Map<DeclaredTarget, Sampling.Running>> taken =
                hosts.get().first(this::start);
        host = taken.host();
        passedOver = taken.passedOver();
        running.putAll(taken.result());
    }

    /** All targets from one host, or none. */
    private Map<DeclaredTarget, Sampling.Running> start(Sampling sampling) {
        Map<DeclaredTarget, Sampling.Running> started = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        try {
            byTarget.forEach((target, its) -> {
                try {
                    started.put(target, sampling.start(target, its));
                } catch (UnavailableException | ContainerOutOfReachException e) {
                    throw e;
                } catch (ProbeException e) {
                    problems.add(e.getMessage());
                }
            });
            if (!problems.isEmpty()) {
                throw new ProbeException(String.join("\n", problems));
            }
            return started;
        } catch (RuntimeException e) {
            started.values().forEach(Sampling.Running::close);
            throw e;
        }
    }

    /** Ends it, and says what became of each expectation. Does nothing the second time. */
    void end(ExtensionContext context) {
        if (running.isEmpty()) {
            return;
        }
        Map<DeclaredTarget, Sampling.Running> ending = new LinkedHashMap<>(running);
        running.clear();
        Interrupts.defer(() -> judge(ending));
        report(context);
    }

    private void judge(Map<DeclaredTarget, Sampling.Running> ending) {
        try {
            ending.forEach((target, its) -> {
                Samples samples = its.end();
                byTarget.getOrDefault(target, List.of())
                        .forEach(e -> verdicts.put(e, new SampledVerdict(e, target.name(), host, samples)));
            });
        } finally {
            ending.values().forEach(Sampling.Running::close);
        }
    }

    /** What the test fails with on its samples; empty if it does not. */
    Optional<AssertionFailedError> failure() {
        List<SampledVerdict> bad = inOrder().stream().filter(v -> !v.isMet()).toList();
        if (bad.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        lines.add("%d of %d @ExpectSampled %s not met (by samples, which are statistical: no calls were counted)"
                .formatted(bad.size(), verdicts.size(), verdicts.size() == 1 ? "was" : "were"));
        for (int i = 0; i < bad.size(); i++) {
            lines.add("");
            lines.add("%d) %s".formatted(i + 1, bad.get(i).expectation().declaration()));
            bad.get(i).story().forEach(line -> lines.add("   " + line));
        }
        return Optional.of(new AssertionFailedError(
                String.join("\n", lines),
                values(bad, v -> v.expectation().expected()),
                values(bad, v -> "%s: %s".formatted(v.expectation().function().describe(), v.actual()))));
    }

    /** What became of each, for programs. */
    List<TestReport.Sampled> forReport() {
        return inOrder().stream().map(SampledVerdict::forReport).toList();
    }

    private static String values(List<SampledVerdict> verdicts, Function<SampledVerdict, String> value) {
        return verdicts.stream().map(value).collect(Collectors.joining("\n"));
    }

    private List<SampledVerdict> inOrder() {
        return expectations.stream()
                .flatMap(e -> Optional.ofNullable(verdicts.get(e)).stream())
                .toList();
    }

    /** Never changes a result: problems here go to the log. */
    private void report(ExtensionContext context) {
        try {
            context.publishReportEntry(entries());
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            TestRun.of(context).reportTrouble().tell("report entries", context.getUniqueId(), e);
        }
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(
                "probeunit.sampled", inOrder().stream().map(SamplingCheck::line).collect(Collectors.joining("\n")));
        entries.put("probeunit.sampled.host", host);
        if (!passedOver.isEmpty()) {
            entries.put("probeunit.sampled.host.passed-over", String.join("\n", passedOver));
        }
        return entries;
    }

    private static String line(SampledVerdict verdict) {
        return "%s: %s: %s"
                .formatted(
                        VerdictWord.of(verdict.isMet(), verdict.isInconclusive()),
                        verdict.expectation().expected(),
                        verdict.actual());
    }

    /** Ends what still runs, and judges nothing. */
    @Override
    public void close() {
        List<Sampling.Running> all = List.copyOf(running.values());
        running.clear();
        all.forEach(Sampling.Running::close);
    }
}
