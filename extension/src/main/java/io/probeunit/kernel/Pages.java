package io.probeunit.kernel;

import static io.probeunit.kernel.Batch.value;

import java.nio.ByteBuffer;

/** How large a page of memory is; {@code AT_PAGESZ} of getauxval(3). */
final class Pages {

    private static final int OPEN_FOR_READING = 02000000;
    private static final int HERE = -100;
    private static final int MOST = 4096;
    private static final int PAGE_SIZE = 6;

    private Pages() {}

    static int size(Kernel kernel) {
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
        throw new KernelException("the size of a page is not told in /proc/self/auxv");
    }
}
