package io.probeunit.internal.arming;

import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.SessionRecorder;
import io.probeunit.internal.sessions.ClosingSessions;
import java.util.List;

/**
 * Probes that were armed before one start of a container, and the window on it.
 *
 * @param window open until it is judged
 * @param recorder of its session
 * @param engine what armed them, and why it was taken
 * @param host from where
 * @param passedOverHosts why hosts that need less were not taken
 * @param notes what is worth a line in the report
 * @param closing takes the session when the window is over
 */
public record ArmedStart(
        ProbeWindow window,
        SessionRecorder recorder,
        EngineSelection.Chosen engine,
        Host host,
        List<String> passedOverHosts,
        List<String> notes,
        ClosingSessions closing)
        implements AutoCloseable {

    /** Keeps copies of the lists. */
    public ArmedStart {
        passedOverHosts = List.copyOf(passedOverHosts);
        notes = List.copyOf(notes);
    }

    ArmedStart passedOver(List<String> hosts) {
        return new ArmedStart(window, recorder, engine, host, hosts, notes, closing);
    }

    /** Ends the window, and begins to remove the probes. */
    public Judgement judge() {
        try (this) {
            return window.judge();
        }
    }

    /** Ends the window without judging. */
    @Override
    public void close() {
        try {
            window.close();
        } finally {
            closing.add(recorder);
        }
    }
}
