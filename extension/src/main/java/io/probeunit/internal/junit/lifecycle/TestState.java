package io.probeunit.internal.junit.lifecycle;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.arming.CoverageWindow;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.coverage.CoveragePoint;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.ProbeWindow;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One test from {@code beforeEach} to its end; kept in its store, whose close is the safety net. */
final class TestState implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(TestState.class);

    private final ProbePlan plan;
    private final Set<ProbeRequest> coverage;
    private final Settings settings;
    private final Optional<HostChoice<ProbingHosts>> hosts;
    private final ProbeWindow window;
    private Optional<ArmedWindow> armed = Optional.empty();
    private Optional<Judgement> judgement = Optional.empty();
    private Optional<Map<CoveragePoint, Observation>> seen = Optional.empty();
    private int afterEachMethods;
    private boolean ended;
    private boolean concluded;

    TestState(
            ProbePlan plan,
            Set<ProbeRequest> coverage,
            Settings settings,
            Optional<HostChoice<ProbingHosts>> hosts,
            ProbeWindow window) {
        this.plan = plan;
        this.coverage = coverage;
        this.settings = settings;
        this.hosts = hosts;
        this.window = window;
    }

    static Optional<TestState> of(ExtensionContext test) {
        return Optional.ofNullable(test.getStore(NAMESPACE).get(TestState.class, TestState.class));
    }

    void putInto(ExtensionContext test) {
        test.getStore(NAMESPACE).put(TestState.class, this);
    }

    ProbePlan plan() {
        return plan;
    }

    /** What is counted for the class of the test, beside the plan. */
    Set<ProbeRequest> coverage() {
        return coverage;
    }

    Settings settings() {
        return settings;
    }

    /** Empty if the test probes nothing. */
    Optional<HostChoice<ProbingHosts>> hosts() {
        return hosts;
    }

    ProbeWindow window() {
        return window;
    }

    /** Empty before the window is open, and if it could not be opened. */
    synchronized Optional<ArmedWindow> armed() {
        return armed;
    }

    synchronized void armed(ArmedWindow window) {
        armed = Optional.of(window);
    }

    /** Says whether the window lasts until the last {@code @AfterEach} method has returned. */
    boolean isLifecycle() {
        return settings.window() == ProbeSettings.Window.LIFECYCLE;
    }

    /** Counts an {@code @AfterEach} method that has returned; how many there have been. */
    int countAfterEachMethod() {
        return ++afterEachMethods;
    }

    /**
     * Ends the window, if it was opened, and gives the turn back. Does nothing the second time.
     *
     * @param judged whether the expectations are judged; those of an aborted test are not
     */
    void end(boolean judged) {
        if (ended || armed().isEmpty()) {
            return;
        }
        ended = true;
        Interrupts.defer(() -> {
            try (this) {
                window.freeze();
                Optional<CoverageWindow> counted = armed().flatMap(ArmedWindow::coverage);
                counted.ifPresent(CoverageWindow::freeze);
                counted.ifPresent(its -> seen = Optional.of(its.seen()));
                if (judged && !plan.requests().isEmpty()) {
                    judgement = Optional.of(window.judge());
                }
            }
        });
    }

    void concluded() {
        concluded = true;
    }

    /** Says whether the test has been told what became of its expectations. */
    boolean isConcluded() {
        return concluded;
    }

    /** What was counted for the class; empty if nothing is, or the window has not ended. */
    Optional<Map<CoveragePoint, Observation>> seen() {
        return seen;
    }

    /** What became of the expectations; empty if they were not judged. */
    Optional<Judgement> judgement() {
        return judgement;
    }

    /** Ends the window if that was not done, and gives the turn back. Does nothing the second time. */
    @Override
    public void close() {
        Optional<ArmedWindow> held = armed();
        try {
            if (held.isPresent()) {
                window.close();
            }
        } finally {
            held.ifPresent(ArmedWindow::close);
        }
    }
}
