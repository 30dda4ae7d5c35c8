package io.probeunit.internal.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The reading end of a BPF ring buffer ({@code Documentation/bpf/ringbuf.rst}): a page with the consumer's position, which
 * we write; a page with the producer's; then the data, mapped twice in a row so that no record is ever split.
 */
final class LocalRing implements Ring {

    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final int size;
    private final LocalMemory consumer;
    private final LocalMemory producer;
    private final ByteBuffer data;
    private long position;

    LocalRing(LocalKernel kernel, int descriptor, int size) {
        this.size = size;
        int page = kernel.page();
        this.consumer = new LocalMemory(kernel, descriptor, page, true, 0);
        try {
            this.producer = new LocalMemory(kernel, descriptor, page + 2L * size, false, page);
        } catch (KernelException e) {
            consumer.close();
            throw e;
        }
        this.data = producer.view().slice(page, 2 * size).order(ByteOrder.nativeOrder());
    }

    /** Stops at a record that is still being written. */
    @Override
    public boolean take(Taker taker) {
        long end = producer.get(0);
        while (position < end) {
            int at = (int) (position & size - 1);
            int header = (int) INTS.getAcquire(data, at);
            if (RingRecord.isBusy(header)) {
                break;
            }
            position += RingRecord.take(data, at, header, taker);
        }
        consumer.set(0, position);
        return true;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
