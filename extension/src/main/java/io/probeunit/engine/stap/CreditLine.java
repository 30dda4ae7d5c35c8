package io.probeunit.engine.stap;

import io.probeunit.host.FifoWriter;
import io.probeunit.host.HostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Gives the script new credit for lines that have arrived, on a thread of its own: the reader of the output must never
 * wait for the script, which may wait for its output to be read.
 *
 * <p>The FIFO's reader opens it anew for each message and prints when it is done; what is written before is lost. So one
 * message is under way at a time.
 */
final class CreditLine {

    private static final byte[] MESSAGE = "+".getBytes(StandardCharsets.US_ASCII);

    /** Until the session ends. */
    private static final Duration FOREVER = Duration.ofDays(1000);

    private final FifoWriter fifo;
    private final int step;
    private long lines;
    private boolean underWay;
    private long grants;
    private boolean closed;

    CreditLine(FifoWriter fifo, int step) {
        this.fifo = fifo;
        this.step = step;
        Thread writer = new Thread(this::write, "probeunit-stap-credit");
        writer.setDaemon(true);
        writer.start();
    }

    /** Counts lines that arrived, or will never arrive. */
    synchronized void received(long number) {
        lines += number;
        notifyAll();
    }

    /** The script has taken the last message. */
    synchronized void granted() {
        underWay = false;
        grants++;
        notifyAll();
    }

    /**
     * Waits until the script has the credit for all lines that have arrived by now, but for less than a step. Does not wait
     * where the thread is interrupted: credit is only about details.
     */
    synchronized void settle(Duration patience) {
        long wanted = grants + lines / step + (underWay ? 1 : 0);
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (grants < wanted && !closed) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void close() {
        closed = true;
        fifo.close();
        notifyAll();
    }

    private void write() {
        try {
            while (awaitDue()) {
                fifo.write(MESSAGE, FOREVER);
            }
        } catch (InterruptedException | HostException sessionHasEnded) {
            close();
        }
    }

    private synchronized boolean awaitDue() throws InterruptedException {
        while (!closed && (underWay || lines < step)) {
            wait();
        }
        lines -= step;
        underWay = true;
        return !closed;
    }
}
