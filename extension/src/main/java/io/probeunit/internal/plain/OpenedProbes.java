package io.probeunit.internal.plain;

import io.probeunit.OpenProbes;
import io.probeunit.Recording;
import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.sessions.SessionPool;
import java.util.List;
import java.util.stream.Stream;

/** Open probes, with all that was started for them. */
final class OpenedProbes implements OpenProbes {

    private final ProbeWindow window;
    private final ArmedWindow armed;
    private final SessionPool pool;
    private final RunScope run;

    OpenedProbes(ProbeWindow window, ArmedWindow armed, SessionPool pool, RunScope run) {
        this.window = window;
        this.armed = armed;
        this.pool = pool;
        this.run = run;
    }

    @Override
    public Recording recording() {
        return window.recording();
    }

    @Override
    public List<String> notes() {
        return Stream.of(
                        armed.engine().stream().map(EngineSelection.Chosen::how),
                        armed.engine().stream().flatMap(chosen -> chosen.passedOver().stream()),
                        armed.passedOverHosts().stream(),
                        armed.notes().stream(),
                        window.recording().summary().notes().stream())
                .flatMap(lines -> lines)
                .toList();
    }

    @Override
    public void close() {
        Interrupts.defer(() -> {
            try (armed) {
                window.close();
            } finally {
                close(pool, run);
            }
        });
    }

    /** Removes the probes, and then ends what they were armed with. */
    static void close(SessionPool pool, RunScope run) {
        try (run) {
            pool.close();
        }
    }
}
