package io.probeunit.internal.run;

import io.probeunit.internal.configuration.KnownEngines;
import io.probeunit.internal.configuration.ProgressLines;
import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.configuration.UnknownSettings;
import io.probeunit.internal.progress.Progress;
import io.probeunit.internal.sessions.ClosingSessions;
import io.probeunit.internal.sessions.Turns;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The parts that all tests of a run share; closed at the end of the run. */
public final class RunScope implements AutoCloseable {

    /** Long, since a turn lasts as long as somebody's test. */
    private static final Duration TURN_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final Parts parts;
    private final HostRegistry registry;
    private final Turns turns;
    private final PassedOver passedOver = new PassedOver();
    private final ReportTrouble reportTrouble = new ReportTrouble();
    private final RunCoverage coverage = new RunCoverage();
    private final RunSummary summary = new RunSummary();
    private final ClosingSessions closing = new ClosingSessions();
    private final Duration closeTimeout;

    public RunScope(Parts parts, Duration turnTimeout, Duration closeTimeout) {
        this.parts = parts;
        this.registry = new HostRegistry(parts);
        this.turns = new Turns(turnTimeout);
        this.closeTimeout = closeTimeout;
    }

    /** One with the real parts, for a program that has system properties alone. */
    public static RunScope real() {
        return real(new SettingsReader(key -> Optional.ofNullable(System.getProperty(key))).progress());
    }

    /** One with the real parts; warns of system properties that look like settings and are none. */
    public static RunScope real(ProgressLines lines) {
        UnknownSettings.warning(System.getProperties().stringPropertyNames())
                .ifPresent(warning -> System.getLogger("io.probeunit").log(System.Logger.Level.WARNING, warning));
        return new RunScope(new RealParts(KnownEngines.ALL, progress(lines)), TURN_TIMEOUT, CLOSE_TIMEOUT);
    }

    /** As it is when a line comes: tests replace the standard error. */
    private static Progress progress(ProgressLines lines) {
        return switch (lines) {
            case PRINT -> Progress.to(line -> System.err.println(line));
            case LOG -> Progress.to(line -> System.getLogger("io.probeunit").log(System.Logger.Level.INFO, line));
            case NONE -> Progress.silent();
        };
    }

    public HostRegistry registry() {
        return registry;
    }

    public Turns turns() {
        return turns;
    }

    /** Says what takes long. */
    public Progress progress() {
        return parts.progress();
    }

    public PassedOver passedOver() {
        return passedOver;
    }

    public ReportTrouble reportTrouble() {
        return reportTrouble;
    }

    /** What all tests of the run have counted. */
    public RunCoverage coverage() {
        return coverage;
    }

    /** What failed, for a summary of the run. */
    public RunSummary summary() {
        return summary;
    }

    /** The environment variables of this process. */
    public Map<String, String> environment() {
        return parts.environment();
    }

    public ClosingSessions closing() {
        return closing;
    }

    /** Writes what tests have counted, and what failed; waits for the sessions that still take their probes away, but not for ever; then ends what the run has started. */
    @Override
    public void close() {
        coverage.report(reportTrouble);
        summary.write(parts.environment(), reportTrouble);
        parts.progress().during("removing probes", () -> {
            closing.await(closeTimeout);
            return true;
        });
        parts.close();
    }
}
