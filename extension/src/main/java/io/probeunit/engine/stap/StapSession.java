package io.probeunit.engine.stap;

import io.probeunit.engine.Barrier;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.FiringSink;
import io.probeunit.engine.Session;
import io.probeunit.engine.SessionRequest;
import io.probeunit.host.FifoWriter;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A session of SystemTap's BPF runtime: speaks with the script through FIFOs and through its output.
 *
 * <p>A barrier writes a number into a FIFO. The script prints its counters and the number. Firings that ended before are
 * in these counters; the answer may overtake their lines, so the barrier then waits until as many lines have arrived as the
 * counters say.
 */
final class StapSession implements Session, StapbpfProcess.Listener {

    /** An answer takes well under a millisecond on an idle machine; this is for one that is far from idle. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** A line is printed within microseconds after it was counted, unless the printing task is not scheduled. */
    private static final Duration LINES = Duration.ofSeconds(5);

    /** New credit takes as long as a line, and is as little worth waiting for longer. */
    private static final Duration CREDIT = LINES;

    private final FiringDecoder decoder;
    private final FiringSink sink;
    private final StapbpfProcess process;
    private final CreditLine credit;
    private final FifoWriter window;
    private final FifoWriter counts;

    /** One barrier at a time. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean broken;

    private final ReentrantLock state = new ReentrantLock();
    private final Condition changed = state.newCondition();
    private final Counters counters;
    private long asked;
    private long answered;
    private boolean ended;
    private boolean closed;

    StapSession(Host host, SessionRequest request, Nonce nonce, FiringSink sink, StapbpfProcess process, String fifos) {
        this.decoder = new FiringDecoder(request, nonce);
        this.sink = sink;
        this.process = process;
        this.counters = new Counters(request.points().size());
        this.window = host.files().fifo(fifos + "/" + BpfScript.WINDOW);
        this.counts = host.files().fifo(fifos + "/" + BpfScript.COUNTS);
        this.credit = new CreditLine(
                host.files().fifo(fifos + "/" + BpfScript.CREDIT), BpfScript.creditStep(request.points()));
        process.listen(this);
    }

    @Override
    public Barrier openWindow() {
        return ask(window);
    }

    @Override
    public Barrier barrier() {
        return ask(counts);
    }

    @Override
    public boolean isAlive() {
        state.lock();
        try {
            return !ended && !closed && !broken && process.isAlive();
        } finally {
            state.unlock();
        }
    }

    @Override
    public void close() {
        state.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            state.unlock();
        }
        process.stop();
    }

    @Override
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        return process.awaitCleaned(timeout);
    }

    @Override
    public void record(String record) {
        switch (record.charAt(0)) {
            case 'E' -> firing(record.substring(1));
            case 'C' -> counters(record.substring(1));
            case 'B' -> answer(record.substring(2));
            case 'K' -> credit.granted();
            default -> throw new IllegalStateException("a record that this script does not print: " + record);
        }
    }

    @Override
    public void ended() {
        window.close();
        counts.close();
        credit.close();
        state.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    /**
     * A test may leave its thread interrupted, and is judged all the same: waiting for an answer is short where all is well,
     * and bounded where it is not, and so goes on.
     */
    private Barrier ask(FifoWriter question) {
        turn.lock();
        try {
            if (broken) {
                throw lost("it did not answer before");
            }
            return answer(question);
        } catch (RuntimeException e) {
            // what is written before the answer to the former question may get lost, so nothing is asked again
            broken = true;
            throw e;
        } finally {
            turn.unlock();
        }
    }

    /** The credit is restored as well, so that a few firings after a barrier have details on the busiest machine. */
    private Barrier answer(FifoWriter question) {
        Barrier barrier = counted(question);
        credit.settle(CREDIT);
        return barrier;
    }

    private Barrier counted(FifoWriter question) {
        long number = ++asked;
        try {
            question.write(String.valueOf(number).getBytes(StandardCharsets.US_ASCII), ANSWER);
        } catch (HostException e) {
            throw lost(e.getMessage());
        }
        state.lock();
        try {
            if (!await(ANSWER, () -> answered >= number)) {
                throw lost("it did not answer within %d s".formatted(ANSWER.toSeconds()));
            }
            if (!await(LINES, counters::isComplete)) {
                credit.received(counters.giveUp());
            }
            return counters.barrier();
        } finally {
            state.unlock();
        }
    }

    private boolean await(Duration timeout, BooleanSupplier condition) {
        long end = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (!condition.getAsBoolean()) {
                if (ended || closed) {
                    throw lost("it ended");
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private EngineException lost(String what) {
        return new EngineException(
                "The session with SystemTap is lost: %s. %s".formatted(what.replaceFirst("\\.$", ""), process.story()));
    }

    private void firing(String record) {
        io.probeunit.engine.RawFiring firing = decoder.decode(record);
        sink.accept(firing);
        credit.received(1);
        state.lock();
        try {
            counters.arrived(firing.point());
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    private void counters(String record) {
        long[] numbers =
                Arrays.stream(record.split(" ")).mapToLong(Long::parseLong).toArray();
        state.lock();
        try {
            counters.answer((int) numbers[0], Arrays.copyOfRange(numbers, 1, numbers.length));
        } finally {
            state.unlock();
        }
    }

    /** Reads {@code NANOS NUMBER}. */
    private void answer(String record) {
        String[] words = record.strip().split(" ");
        state.lock();
        try {
            counters.answeredAt(Long.parseLong(words[0]));
            answered = Long.parseLong(words[1]);
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }
}
