package io.probeunit.internal.junit.run;

import io.probeunit.internal.junit.sessions.ClosingSessions;
import io.probeunit.internal.junit.sessions.Turns;
import io.probeunit.internal.junit.settings.KnownEngines;
import io.probeunit.internal.junit.settings.UnknownSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The parts that all tests of a run share; closed at the end of the run. */
public final class RunScope implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(RunScope.class);

    /** Long, since a turn lasts as long as somebody's test. */
    private static final Duration TURN_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final Parts parts;
    private final HostRegistry registry;
    private final Turns turns;
    private final ReportTrouble reportTrouble = new ReportTrouble();
    private final RunCoverage coverage = new RunCoverage();
    private final ClosingSessions closing = new ClosingSessions();
    private final Duration closeTimeout;

    public RunScope(Parts parts, Duration turnTimeout, Duration closeTimeout) {
        this.parts = parts;
        this.registry = new HostRegistry(parts);
        this.turns = new Turns(turnTimeout);
        this.closeTimeout = closeTimeout;
    }

    /** Finds the scope of a run, or makes it. */
    public static RunScope of(ExtensionContext context) {
        return of(context, () -> {
            UnknownSettings.warning(System.getProperties().stringPropertyNames())
                    .ifPresent(warning -> System.getLogger("io.probeunit").log(System.Logger.Level.WARNING, warning));
            return new RunScope(new RealParts(KnownEngines.ALL), TURN_TIMEOUT, CLOSE_TIMEOUT);
        });
    }

    /** Finds the scope of a run, or makes it with other parts; what is there first stays. */
    public static RunScope of(ExtensionContext context, Supplier<RunScope> otherwise) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(RunScope.class, key -> otherwise.get(), RunScope.class);
    }

    public HostRegistry registry() {
        return registry;
    }

    public Turns turns() {
        return turns;
    }

    public ReportTrouble reportTrouble() {
        return reportTrouble;
    }

    /** What all tests of the run have counted. */
    public RunCoverage coverage() {
        return coverage;
    }

    public ClosingSessions closing() {
        return closing;
    }

    /** Writes what tests have counted; waits for the sessions that still take their probes away, but not for ever; then ends what the run has started. */
    @Override
    public void close() {
        coverage.report(reportTrouble);
        closing.await(closeTimeout);
        parts.close();
    }
}
