package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

import java.nio.ByteBuffer;

/** A BPF ring buffer that a helper empties; see {@link LocalRing}. */
final class HelperRing implements Ring {

    /** What is taken at once. */
    private static final int MOST = 1 << 18;

    private final int page;
    private final int size;
    private final HelperMap consumer;
    private final HelperMap producer;
    private final Drain drain = new Drain();

    HelperRing(HelperKernel kernel, int descriptor, int size) {
        this.page = kernel.page();
        this.size = size;
        this.consumer = HelperMap.of(kernel, descriptor, page, true, 0);
        try {
            this.producer = HelperMap.of(kernel, descriptor, page + 2L * size, false, page);
        } catch (KernelException e) {
            consumer.close();
            throw e;
        }
    }

    @Override
    public void ask(Batch batch) {
        int room = Math.min(MOST, size);
        drain.ask(
                batch,
                room,
                place -> batch.own(
                        Wire.DRAIN,
                        consumer.argument(),
                        producer.argument(),
                        value(size),
                        value(page),
                        place,
                        value(room)));
    }

    @Override
    public void told(Answer answer) {
        drain.told(answer);
    }

    @Override
    public boolean take(Taker taker) {
        ByteBuffer records = drain.take();
        for (int at = 0; at < records.limit(); ) {
            at += RingRecord.take(records, at, records.getInt(at), taker);
        }
        return true;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
