package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/** Memory of a helper, as it was when it was read. */
final class HelperMemory implements SharedMemory {

    private final HelperMap map;
    private final int bytes;
    private ByteBuffer seen;
    private Batch.Wanted wanted = new Batch.Wanted(0);
    private Batch.Call peek = new Batch.Call(0);

    HelperMemory(HelperMap map, int bytes) {
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
    public void set(Batch batch, List<Written> numbers) {
        Batch.Place pairs = batch.longs(numbers.stream()
                .flatMapToLong(w -> LongStream.of(w.offset(), w.number()))
                .toArray());
        batch.own(Wire.POKE, map.argument(), pairs, value(numbers.size()));
    }

    @Override
    public void close() {
        map.close();
    }
}
