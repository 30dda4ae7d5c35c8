package io.probeunit.internal.engine.stap;

import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.host.Tool;
import java.time.Duration;

/** A process of a session whose JVM died. It is not our child, so the shell's kill ends it. */
final class StrayProcess {

    /** A signal that came while the process started may have been missed; another kind of signal is not. */
    private static final Duration MISSED = Duration.ofSeconds(1);

    /** Taking probes away takes about 0.1 s each, and a session has some hundreds at most. */
    private static final Duration ORDERLY = Duration.ofSeconds(30);

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Host host;
    private final ProcessName process;

    StrayProcess(Host host, ProcessName process) {
        this.host = host;
        this.process = process;
    }

    void end() throws InterruptedException {
        boolean gone = endsBy("TERM", MISSED) || endsBy("INT", ORDERLY) || endsBy("KILL", AFTER_KILL);
        if (!gone) {
            System.getLogger(StrayProcess.class.getName())
                    .log(System.Logger.Level.WARNING, "Process {0} of a dead run does not end.", process.pid());
        }
    }

    /** The id may be another process's as soon as this one has ended, so it is looked at before each signal. */
    private boolean endsBy(String signal, Duration patience) throws InterruptedException {
        if (!process.isAlive(host.files())) {
            return true;
        }
        Tool.run(
                host,
                Command.of("sh", "-c", "kill -\"$1\" \"$2\"", "sh", signal, String.valueOf(process.pid())),
                AFTER_KILL);
        return Deadline.after(patience).poll(PAUSE, () -> !process.isAlive(host.files()));
    }
}
