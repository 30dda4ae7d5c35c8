package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The clock of a helper's machine. */
final class HelperClock implements Clock {

    private static final int MONOTONIC = 1;
    private static final int BYTES = 2 * Long.BYTES;

    private Batch.Call call = new Batch.Call(0);
    private Batch.Wanted wanted = new Batch.Wanted(0);
    private long nanos;

    @Override
    public void ask(Batch batch) {
        Batch.Place time = batch.room(BYTES);
        call = batch.call(SystemCall.CLOCK_GETTIME, value(MONOTONIC), time);
        wanted = batch.want(time, BYTES);
    }

    @Override
    public void told(Answer answer) {
        answer.get(call);
        ByteBuffer time = answer.buffer(wanted);
        nanos = TimeUnit.SECONDS.toNanos(time.getLong()) + time.getLong();
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
