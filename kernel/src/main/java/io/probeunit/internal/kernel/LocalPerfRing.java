package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The reading end of the ring of a perf event in this process; perf_event_open(2). */
final class LocalPerfRing implements Ring {

    private final int page;
    private final int size;
    private final LocalMemory memory;

    LocalPerfRing(LocalKernel kernel, int descriptor, int size) {
        this.page = kernel.page();
        this.size = size;
        this.memory = new LocalMemory(kernel, descriptor, (long) page + size, true, 0);
    }

    @Override
    public boolean take(Taker taker) {
        long head = memory.get(PerfRecord.HEAD);
        long tail = memory.get(PerfRecord.TAIL);
        byte[] bytes = new byte[(int) (head - tail)];
        int from = (int) (tail & size - 1);
        int first = Math.min(bytes.length, size - from);
        memory.view().get(page + from, bytes, 0, first);
        memory.view().get(page, bytes, first, bytes.length - first);
        memory.set(PerfRecord.TAIL, head);
        return PerfRecord.takeAll(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), bytes.length, size, taker);
    }

    @Override
    public void close() {
        memory.close();
    }
}
