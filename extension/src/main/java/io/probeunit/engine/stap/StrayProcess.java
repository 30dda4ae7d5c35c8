package io.probeunit.engine.stap;

import io.probeunit.host.Command;
import io.probeunit.host.Host;
import io.probeunit.host.HostProcess;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A process of a session whose JVM died: no child of ours, so it is ended with kill(1). */
final class StrayProcess {

    /** Taking probes away takes about 0.1 s each, and a session has some hundreds at most. */
    private static final Duration ORDERLY = Duration.ofSeconds(30);

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final Host host;
    private final long pid;

    StrayProcess(Host host, long pid) {
        this.host = host;
        this.pid = pid;
    }

    void end() {
        signal("TERM");
        if (!gone(ORDERLY)) {
            signal("KILL");
            gone(AFTER_KILL);
        }
    }

    private void signal(String name) {
        HostProcess kill = host.start(Command.of("kill", "-" + name, String.valueOf(pid)));
        try {
            kill.await(AFTER_KILL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean gone(Duration timeout) {
        try {
            Awaitility.await().atMost(timeout).until(() -> !host.files().exists("/proc/" + pid));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
