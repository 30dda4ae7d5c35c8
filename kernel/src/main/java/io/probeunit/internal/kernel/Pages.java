package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

import java.nio.ByteBuffer;

/** How large a page of memory is; {@code AT_PAGESZ} of getauxval(3). */
final class Pages {

    private static final int OPEN_FOR_READING = 02000000;
    private static final int HERE = -100;
    private static final int MOST = 4096;
    private static final int PAGE_SIZE = 6;

    private final Kernel kernel;
    /** 0 until it was asked for; a machine does not change. */
    private volatile int known;

    Pages(Kernel kernel) {
        this.kernel = kernel;
    }

    int size() {
        int size = known == 0 ? ask() : known;
        known = size;
        return size;
    }

    private int ask() {
        Batch batch = new Batch();
        Batch.Place into = batch.room(MOST);
        Batch.Call open = batch.must(
                SystemCall.OPENAT, value(HERE), batch.text("/proc/self/auxv"), value(OPEN_FOR_READING), value(0));
        Batch.Call read = batch.all(SystemCall.READ, open, into, value(MOST));
        batch.call(SystemCall.CLOSE, open);
        Batch.Wanted vector = batch.want(into, MOST, read);
        Answer answer = kernel.call(batch);
        answer.get(read);
        ByteBuffer pairs = answer.buffer(vector);
        while (pairs.remaining() >= 2 * Long.BYTES) {
            long key = pairs.getLong();
            long number = pairs.getLong();
            if (key == PAGE_SIZE) {
                return Math.toIntExact(number);
            }
        }
        throw new KernelException("the size of a page is not in /proc/self/auxv (PU1061)");
    }
}
