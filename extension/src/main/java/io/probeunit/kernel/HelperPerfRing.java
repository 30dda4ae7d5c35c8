package io.probeunit.kernel;

import static io.probeunit.kernel.Batch.value;

import java.nio.ByteBuffer;

/** The ring of a perf event that a helper empties. */
final class HelperPerfRing implements Ring {

    private final int page;
    private final int size;
    private final HelperMap map;
    private Batch.Wanted wanted = new Batch.Wanted(0);
    private Batch.Call drain = new Batch.Call(0);
    private ByteBuffer data = ByteBuffer.allocate(0);

    HelperPerfRing(HelperKernel kernel, int descriptor, int size) {
        this.page = Pages.size(kernel);
        this.size = size;
        this.map = HelperMap.of(kernel, descriptor, (long) page + size, true, 0);
    }

    @Override
    public void ask(Batch batch) {
        Batch.Place place = batch.room(size);
        drain = batch.own(Wire.DRAIN_PERF, map.argument(), value(page), value(size), place, value(size));
        wanted = batch.want(place, size, drain);
    }

    @Override
    public void told(Answer answer) {
        answer.get(drain);
        data = answer.buffer(wanted);
    }

    @Override
    public boolean take(Taker taker) {
        ByteBuffer records = data;
        data = ByteBuffer.allocate(0);
        return PerfRecord.takeAll(records, records.limit(), size, taker);
    }

    @Override
    public void close() {
        map.close();
    }
}
