package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

import java.nio.ByteBuffer;
import java.util.List;

/** Memory of a helper, as it was when it was read. */
final class HelperMemory implements SharedMemory {

    private final HelperKernel kernel;
    private final HelperMap map;
    private final int bytes;
    private ByteBuffer seen;
    private Batch.Wanted wanted = new Batch.Wanted(0);
    private Batch.Call peek = new Batch.Call(0);

    HelperMemory(HelperKernel kernel, HelperMap map, int bytes) {
        this.kernel = kernel;
        this.map = map;
        this.bytes = bytes;
        this.seen = ByteBuffer.allocate(bytes);
    }

    @Override
    public void ask(Batch batch) {
        Batch.Place place = batch.room(bytes);
        peek = batch.own(Wire.PEEK, map.argument(), value(0), place, value(bytes));
        wanted = batch.want(place, bytes);
    }

    @Override
    public void told(Answer answer) {
        answer.get(peek);
        seen = answer.buffer(wanted);
    }

    @Override
    public long get(long offset) {
        return seen.getLong((int) offset);
    }

    @Override
    public void set(List<Written> numbers) {
        Batch batch = new Batch();
        Batch.Place pairs = batch.longs(numbers.stream()
                .flatMapToLong(w -> java.util.stream.LongStream.of(w.offset(), w.number()))
                .toArray());
        Batch.Call poke = batch.own(Wire.POKE, map.argument(), pairs, value(numbers.size()));
        kernel.call(batch).get(poke);
    }

    @Override
    public void close() {
        map.close();
    }
}
