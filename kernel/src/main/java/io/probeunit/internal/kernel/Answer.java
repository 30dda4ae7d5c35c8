package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The results of a batch. Immutable. */
public final class Answer {

    private final long[] results;
    private final List<byte[]> pieces;

    Answer(long[] results, List<byte[]> pieces) {
        this.results = results;
        this.pieces = pieces;
    }

    /**
     * What a call returned.
     *
     * @param call of the batch
     * @return its result; where it failed, the number of the error, negative
     */
    public long result(Batch.Call call) {
        return results[call.index()];
    }

    /**
     * What a call returned that must have succeeded.
     *
     * @param call of the batch
     * @return its result, not negative
     * @throws KernelException if it failed, or the one before did for which it was not made
     */
    public long get(Batch.Call call) {
        long result = result(call);
        if (result < 0) {
            throw new KernelException((int) -(Errno.ECANCELED.is(result) ? firstError(result) : result));
        }
        return result;
    }

    /**
     * A part of the memory.
     *
     * @param wanted of the batch
     * @return the bytes
     */
    public byte[] bytes(Batch.Wanted wanted) {
        return pieces.get(wanted.index());
    }

    /**
     * A part of the memory, for reading numbers.
     *
     * @param wanted of the batch
     * @return little-endian
     */
    public ByteBuffer buffer(Batch.Wanted wanted) {
        return ByteBuffer.wrap(bytes(wanted)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A part of the memory as text.
     *
     * @param wanted of the batch
     * @return UTF-8, malformed bytes replaced
     */
    public String text(Batch.Wanted wanted) {
        return new String(bytes(wanted), StandardCharsets.UTF_8);
    }

    private long firstError(long otherwise) {
        for (long result : results) {
            if (result < 0 && !Errno.ECANCELED.is(result)) {
                return result;
            }
        }
        return otherwise;
    }
}
