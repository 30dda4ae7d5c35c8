package io.probeunit.internal.engine.stap;

import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.FifoWriter;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A session of SystemTap's BPF runtime: it sends to the script through FIFOs and reads its output.
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

    private final List<ProbePoint> points;
    private final FiringDecoder decoder;
    private final FiringSink sink;
    private final StapbpfProcess process;
    private final CreditLine credit;
    private final FifoWriter counts;

    /** One barrier at a time. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean broken;

    /** Of the fields below. */
    private final Monitor state = new Monitor();

    private final Counters counters;
    private int asked;
    private int answered;
    private boolean ended;
    private boolean closed;

    StapSession(
            Host host,
            SessionRequest request,
            MapLayout layout,
            Nonce nonce,
            FiringSink sink,
            StapbpfProcess process,
            String fifos) {
        this.points = request.points();
        this.decoder = new FiringDecoder(request, nonce);
        this.sink = sink;
        this.process = process;
        this.counters = new Counters(layout);
        this.counts = host.files().fifo(fifos + "/" + BpfScript.COUNTS);
        this.credit = new CreditLine(
                host.files().fifo(fifos + "/" + BpfScript.CREDIT), points.size(), BpfScript.creditStep(points));
        process.listen(this);
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted) {
        int sure = BpfScript.sure(points, wanted.size());
        credit.sure(sure);
        IntStream.range(1, Message.parts(points.size())).forEach(part -> open(part, sure, wanted));
        return open(0, sure, wanted);
    }

    private Barrier open(int part, int sure, Set<Integer> wanted) {
        return ask(number -> Message.window(number, points.size(), sure, part, wanted));
    }

    @Override
    public Barrier barrier() {
        return ask(Message::question);
    }

    @Override
    public boolean isAlive() {
        return state.get(() -> !ended && !closed && !broken && process.isAlive());
    }

    @Override
    public void close() {
        state.change(() -> closed = true);
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
        counts.close();
        credit.close();
        state.change(() -> ended = true);
    }

    /**
     * A test may leave its thread interrupted, and is judged all the same: waiting for an answer is short where all is well,
     * and bounded where it is not, and so goes on.
     */
    private Barrier ask(IntFunction<byte[]> question) {
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
    private Barrier answer(IntFunction<byte[]> question) {
        Barrier barrier = counted(question);
        credit.settle(CREDIT);
        return barrier;
    }

    private Barrier counted(IntFunction<byte[]> question) {
        int number = ++asked;
        try {
            counts.write(question.apply(number), ANSWER);
        } catch (HostException e) {
            throw lost(e.getMessage());
        }
        return state.get(() -> {
            if (!await(ANSWER, () -> answered >= number)) {
                throw lost("it did not answer within %d s".formatted(ANSWER.toSeconds()));
            }
            if (!await(LINES, counters::isComplete)) {
                credit.received(counters.giveUp());
            }
            return counters.barrier();
        });
    }

    private boolean await(Duration timeout, BooleanSupplier condition) {
        return state.await(timeout, () -> {
            boolean holds = condition.getAsBoolean();
            if (!holds && (ended || closed)) {
                throw lost("it ended");
            }
            return holds;
        });
    }

    private EngineException lost(String what) {
        return new EngineException(
                "The session with SystemTap is lost: %s. %s".formatted(what.replaceFirst("\\.$", ""), process.story()));
    }

    private void firing(String record) {
        RawFiring firing = decoder.decode(record);
        sink.accept(firing);
        credit.received(firing.point(), 1);
        state.change(() -> counters.arrived(firing.point()));
    }

    private void counters(String record) {
        long[] numbers =
                Arrays.stream(record.split(" ")).mapToLong(Long::parseLong).toArray();
        state.prepare(() -> counters.answer((int) numbers[0], Arrays.copyOfRange(numbers, 1, numbers.length)));
    }

    /** Reads {@code NANOS MESSAGE}. */
    private void answer(String record) {
        String[] words = record.strip().split(" ");
        state.change(() -> {
            counters.answeredAt(Long.parseLong(words[0]));
            answered = Message.number(words[1]);
        });
    }
}
