package io.probeunit.host.container;

import io.probeunit.host.FifoWriter;
import io.probeunit.host.HostException;
import io.probeunit.host.PatientFifo;
import io.probeunit.host.container.ShellAgent.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A FIFO that a shell writes to, without waiting for a reader, since others ask it things meanwhile. */
final class ShellFifo implements PatientFifo.Attempt {

    private static final Duration PAUSE = Duration.ofMillis(1);

    /** What {@code ENXIO} reads like: nobody has the FIFO open for reading. */
    private static final String NO_READER = "No such device or address";

    private final ShellAgent shell;
    private final String path;

    private ShellFifo(ShellAgent shell, String path) {
        this.shell = shell;
        this.path = path;
    }

    static FifoWriter at(ShellAgent shell, String path) {
        return new PatientFifo(path, PAUSE, new ShellFifo(shell, path));
    }

    /**
     * Writes one message, which must be ASCII.
     */
    @Override
    public boolean write(byte[] message) {
        Answer answer = shell.ask("tell", path, new String(message, StandardCharsets.US_ASCII));
        if (answer.status() != 0 && !answer.text().contains(NO_READER)) {
            throw new HostException("Could not write to the FIFO %s: %s"
                    .formatted(path, answer.text().strip()));
        }
        return answer.status() == 0;
    }
}
