package io.probeunit.engine.stap;

import io.probeunit.host.FifoWriter;
import io.probeunit.host.HostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Gives the script new credit for lines that have arrived, on a thread of its own: the reader of the output must never
 * wait for the script, which may wait for its output to be read.
 */
final class CreditLine {

    private static final byte[] MESSAGE = "+".getBytes(StandardCharsets.US_ASCII);

    private final FifoWriter fifo;
    private final int step;
    private final Semaphore due = new Semaphore(0);

    /** The FIFO's reader opens it anew for each message and prints when it is done; what is written before is lost. */
    private final Semaphore mayWrite = new Semaphore(1);

    private final Thread writer;
    private long sinceLast;

    CreditLine(FifoWriter fifo, int step) {
        this.fifo = fifo;
        this.step = step;
        this.writer = new Thread(this::write, "probeunit-stap-credit");
        writer.setDaemon(true);
        writer.start();
    }

    /** Counts lines that arrived, or will never arrive. */
    synchronized void received(long lines) {
        sinceLast += lines;
        while (sinceLast >= step) {
            sinceLast -= step;
            due.release();
        }
    }

    /** The script has taken the last message. */
    void granted() {
        mayWrite.release();
    }

    void close() {
        fifo.close();
        writer.interrupt();
    }

    private void write() {
        try {
            while (true) {
                due.acquire();
                mayWrite.acquire();
                fifo.write(MESSAGE);
            }
        } catch (InterruptedException | HostException sessionHasEnded) {
            // Nobody is left who would print.
        }
    }
}
