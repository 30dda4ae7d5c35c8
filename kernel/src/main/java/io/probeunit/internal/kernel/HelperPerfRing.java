package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

import java.nio.ByteBuffer;

/** The ring of a perf event that a helper empties. */
final class HelperPerfRing implements Ring {

    private final int page;
    private final int size;
    private final HelperMap map;
    private final Drain drain = new Drain();

    HelperPerfRing(HelperKernel kernel, int descriptor, int size) {
        this.page = kernel.page();
        this.size = size;
        this.map = HelperMap.of(kernel, descriptor, (long) page + size, true, 0);
    }

    @Override
    public void ask(Batch batch) {
        drain.ask(
                batch,
                size,
                place -> batch.own(Wire.DRAIN_PERF, map.argument(), value(page), value(size), place, value(size)));
    }

    @Override
    public void told(Answer answer) {
        drain.told(answer);
    }

    @Override
    public boolean take(Taker taker) {
        ByteBuffer records = drain.take();
        return PerfRecord.takeAll(records, records.limit(), size, taker);
    }

    @Override
    public void close() {
        map.close();
    }
}
