package io.probeunit.internal.engine.stap;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.host.FifoWriter;
import io.probeunit.internal.host.HostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Gives the script new credit for lines that have arrived, on a separate thread: the reader of the output must never
 * wait for the script, which may wait for its output to be read.
 *
 * <p>The FIFO's reader opens it anew for each message and prints when it is done; what is written before is lost. So one
 * message is under way at a time.
 */
final class CreditLine {

    /** Until the session ends. */
    private static final Duration FOREVER = Duration.ofDays(1000);

    private final FifoWriter fifo;
    private final int step;

    /** Lines of each point for which credit is owed. */
    private final long[] owed;

    private int sure;
    private int last;
    private boolean underWay;
    private long grants;
    private boolean closed;

    CreditLine(FifoWriter fifo, int points, int step) {
        this.fifo = fifo;
        this.step = step;
        this.owed = new long[points];
        DaemonThread.start("probeunit-stap-credit", this::write);
    }

    /** Counts lines of a point that arrived. */
    synchronized void received(int point, long lines) {
        owed[point] += lines;
        notifyAll();
    }

    /** Counts lines of each point that will never arrive. */
    synchronized void received(long[] lines) {
        Arrays.setAll(owed, point -> owed[point] + lines[point]);
        notifyAll();
    }

    /** How many lines of each point may be under way beside all others: about half of them are given back at once. */
    synchronized void sure(int lines) {
        sure = lines;
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
        long wanted = grants + (underWay ? 1 : 0) + (isDue() ? owed().count() : 0);
        Deadline deadline = Deadline.after(patience);
        Interrupts.orStop(() -> {
            while (grants < wanted && (underWay || isDue()) && !closed && !deadline.isOver()) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline.nanosLeft());
            }
        });
    }

    synchronized void close() {
        closed = true;
        fifo.close();
        notifyAll();
    }

    private void write() {
        try {
            Optional<byte[]> message = awaitDue();
            while (message.isPresent()) {
                fifo.write(message.get(), FOREVER);
                message = awaitDue();
            }
        } catch (InterruptedException | HostException sessionHasEnded) {
            close();
        }
    }

    /** The next message; empty when the session has ended. The points take turns, so that none waits for a noisy one. */
    private synchronized Optional<byte[]> awaitDue() throws InterruptedException {
        while (!closed && (underWay || !isDue())) {
            wait();
        }
        if (closed) {
            return Optional.empty();
        }
        underWay = true;
        last = owed().filter(point -> point > last)
                .findFirst()
                .orElseGet(() -> owed().findFirst().getAsInt());
        int lines = (int) Math.min(owed[last], Message.MOST_LINES);
        owed[last] -= lines;
        return Optional.of(Message.credit(last, lines));
    }

    private boolean isDue() {
        return Arrays.stream(owed).sum() >= step || sure > 0 && owed().anyMatch(point -> owed[point] * 2 > sure);
    }

    private IntStream owed() {
        return IntStream.range(0, owed.length).filter(point -> owed[point] > 0);
    }
}
