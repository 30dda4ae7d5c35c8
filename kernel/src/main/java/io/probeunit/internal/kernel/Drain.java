package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;

/**
 * A call of the helper that empties a ring into the memory of a batch. The bytes are kept until they are read, also if
 * more arrive, because the ring no longer has them.
 */
final class Drain {

    private Batch.Wanted wanted = new Batch.Wanted(0);
    private Batch.Call made = new Batch.Call(0);
    private byte[] kept = {};

    /**
     * Asks.
     *
     * @param room bytes that are taken at most
     * @param call adds the call that fills the place
     */
    void ask(Batch batch, int room, Function<Batch.Place, Batch.Call> call) {
        Batch.Place place = batch.room(room);
        made = call.apply(place);
        wanted = batch.want(place, room, made);
    }

    void told(Answer answer) {
        answer.get(made);
        byte[] more = answer.bytes(wanted);
        kept = kept.length == 0
                ? more
                : ByteBuffer.allocate(kept.length + more.length)
                        .put(kept)
                        .put(more)
                        .array();
    }

    /** All that was told and not taken yet. */
    ByteBuffer take() {
        ByteBuffer records = ByteBuffer.wrap(kept).order(ByteOrder.LITTLE_ENDIAN);
        kept = new byte[0];
        return records;
    }
}
