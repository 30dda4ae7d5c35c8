package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.concurrent.Interrupts;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The kernel of another machine, or of a container on this one, called by a helper there through its standard streams.
 * Many threads may ask at once; the helper answers some at a time.
 */
public final class HelperKernel implements Kernel, AutoCloseable {

    /** An answer takes less than a millisecond, taking probes away some tens; this is for a machine that is far from idle. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** All of it is read in one batch. */
    private static final long MOST_SHARED = 8 << 20;

    private static final int THREADS = 8;
    private static final int KILLED = 137;

    private final Machine machine;
    private final DataInputStream told;
    private final OutputStream asked;
    private final Supplier<String> end;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
    private final Map<Integer, Program.Listener> programs = new ConcurrentHashMap<>();
    private final Pages pages = new Pages(this);
    private volatile Optional<String> over = Optional.empty();

    /**
     * Takes over the streams of a helper. It has one thread as yet: what is done for that thread alone, as a namespace
     * of its own is, holds for all that {@link #serveMany} begins.
     *
     * @param machine for which the helper was made
     * @param told what it prints
     * @param asked what it reads; each write is on its way when it returns
     * @param end says how it ended, once it has
     */
    public HelperKernel(Machine machine, InputStream told, OutputStream asked, Supplier<String> end) {
        this.machine = machine;
        this.told = new DataInputStream(told);
        this.asked = asked;
        this.end = end;
        DaemonThread.start("probeunit-helper", this::read);
    }

    /** Lets it answer several at a time, so that none waits for one that takes long. */
    public void serveMany() {
        Batch batch = new Batch();
        Batch.Call threads = batch.own(Wire.THREADS, value(THREADS));
        call(batch).get(threads);
    }

    /**
     * Says whether calls can be made.
     *
     * @return false once the helper has ended
     */
    public boolean isAlive() {
        return over.isEmpty();
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public Answer call(Batch batch) {
        return Wire.answer(batch, ask(id -> Wire.calls(id, batch, machine)));
    }

    /**
     * Says what the helper is to do when its input has ended and its programs have; also where this JVM was killed. New
     * calls replace earlier ones.
     *
     * @param batch calls; their results are not reported
     */
    public void atEnd(Batch batch) {
        Wire.answer(new Batch(), ask(id -> Wire.atEnd(id, batch, machine)));
    }

    /** Bytes of a page of the machine's memory. */
    int page() {
        return pages.size();
    }

    @Override
    public SharedMemory share(int descriptor, long bytes, boolean writable, long offset) {
        if (bytes > MOST_SHARED) {
            throw new KernelException(Errno.EFBIG.number());
        }
        return new HelperMemory(HelperMap.of(this, descriptor, bytes, writable, offset), Math.toIntExact(bytes));
    }

    @Override
    public Ring ring(int descriptor, int size) {
        return new HelperRing(this, descriptor, size);
    }

    @Override
    public Ring perfRing(int descriptor, int size) {
        return new HelperPerfRing(this, descriptor, size);
    }

    @Override
    public Clock clock() {
        return new HelperClock();
    }

    /**
     * Starts a program.
     *
     * @param program which
     * @param listener hears it, maybe before this returns
     * @return the running program
     * @throws KernelException if it was not started, with the reason of the last path that was tried
     */
    public Program.Running start(Program program, Program.Listener listener) {
        int number = numbers.incrementAndGet();
        programs.put(number, listener);
        boolean runs = false;
        try {
            Wire.Started started = Wire.started(ask(id -> Wire.start(id, number, program)));
            if (started.result() < 0) {
                throw new KernelException((int) -started.result());
            }
            runs = true;
            return new Program.Running(number, started.result(), started.input());
        } finally {
            if (!runs) {
                programs.remove(number);
            }
        }
    }

    /**
     * Sends a signal to a program; nothing happens once it has ended.
     *
     * @param program one that this helper has started
     * @param signal its number
     * @throws KernelException if it was refused
     */
    public void signal(Program.Running program, int signal) {
        Batch batch = new Batch();
        Batch.Call sent = batch.own(Wire.SIGNAL, value(program.number()), value(signal));
        Answer answer = call(batch);
        if (!Errno.ESRCH.is(answer.result(sent))) {
            answer.get(sent);
        }
    }

    /** Ends the helper, in order: programs that it has started end first. */
    @Override
    public void close() {
        Batch batch = new Batch();
        batch.own(Wire.END);
        try {
            // a connection through a daemon does not hand on that its one direction has ended
            send(Wire.calls(numbers.incrementAndGet(), batch, machine));
            asked.close();
        } catch (IOException | KernelException ended) {
            // expected
        }
    }

    private byte[] ask(Function<Integer, byte[]> request) {
        int id = numbers.incrementAndGet();
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            // after it waits: who ends all that wait does so after this is set
            over.ifPresent(story -> {
                throw new KernelException(story);
            });
            send(request.apply(id));
            return await(answer);
        } finally {
            waiting.remove(id);
        }
    }

    private void send(byte[] frame) {
        synchronized (asked) {
            try {
                asked.write(frame);
                asked.flush();
            } catch (IOException e) {
                throw new KernelException("The helper accepts no requests (PU1056): %s".formatted(e.getMessage()));
            }
        }
    }

    /** A call cannot be taken back: an interrupted thread waits for it, and stays interrupted. */
    private static byte[] await(CompletableFuture<byte[]> answer) {
        Deadline deadline = Deadline.after(PATIENCE);
        return Interrupts.defer(() -> {
            try {
                return answer.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw new KernelException(String.valueOf(e.getCause().getMessage()));
            } catch (TimeoutException e) {
                throw new KernelException(
                        "The helper did not answer within %d s (PU1057).".formatted(PATIENCE.toSeconds()));
            }
        });
    }

    private void read() {
        byte[] header = new byte[Wire.HEADER];
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (true) {
                told.readFully(header);
                if (fields.getInt(0) != Wire.MAGIC) {
                    throw new IOException("its output is not an answer");
                }
                byte[] body = new byte[fields.getInt(4)];
                told.readFully(body);
                hear(fields.getInt(12), fields.getInt(8), body);
            }
        } catch (IOException | RuntimeException ended) {
            over();
        }
    }

    private void hear(int kind, int number, byte[] body) {
        if (kind == Wire.ANSWER) {
            Optional.ofNullable(waiting.get(number)).ifPresent(answer -> answer.complete(body));
        } else {
            Optional.ofNullable(programs.get(number)).ifPresent(listener -> {
                switch (kind) {
                    case Wire.OUTPUT, Wire.ERRORS -> listener.printed(kind == Wire.ERRORS, body);
                    case Wire.OUTPUT_END, Wire.ERRORS_END -> listener.closed(kind == Wire.ERRORS_END);
                    default ->
                        listener.ended(ByteBuffer.wrap(body)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt());
                }
            });
        }
    }

    private void over() {
        String story = end.get();
        over = Optional.of(story);
        waiting.values().forEach(answer -> answer.completeExceptionally(new KernelException(story)));
        programs.values().forEach(listener -> {
            listener.closed(false);
            listener.closed(true);
            listener.ended(KILLED);
        });
    }
}
