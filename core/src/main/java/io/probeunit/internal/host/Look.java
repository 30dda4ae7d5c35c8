package io.probeunit.internal.host;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.SystemCall;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A look at a file with statx(2), as part of a batch; fields of {@code struct statx} by their offsets. */
record Look(Batch.Call call, Batch.Wanted told) {

    private static final int BYTES = 256;
    private static final int LINK_ITSELF = 0x100;
    private static final int BASIC = 0x7ff;

    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 040000;
    private static final int LINK = 0120000;

    static Look at(Batch batch, String path, boolean follow) {
        Batch.Place into = batch.room(BYTES);
        Batch.Call call = batch.call(
                SystemCall.STATX,
                OpenFlags.HERE,
                OpenFlags.path(batch, path),
                value(follow ? 0 : LINK_ITSELF),
                value(BASIC),
                into);
        return new Look(call, batch.want(into, BYTES));
    }

    /** Empty if nothing is there, or it may not be looked at. */
    Optional<FileStatus> status(Answer answer) {
        return answer.result(call) == 0 ? Optional.of(new FileStatus(answer.buffer(told))) : Optional.empty();
    }

    /** What is there. */
    record FileStatus(ByteBuffer told) {

        boolean isRegular() {
            return kind() == REGULAR;
        }

        boolean isFolder() {
            return kind() == FOLDER;
        }

        boolean isLink() {
            return kind() == LINK;
        }

        FileIdentity identity() {
            return new FileIdentity(
                    FileIdentity.device(told.getInt(136) & 0xffffffffL, told.getInt(140) & 0xffffffffL),
                    told.getLong(32),
                    told.getLong(40),
                    nanos(112),
                    nanos(96));
        }

        Instant changed() {
            return Instant.ofEpochSecond(told.getLong(96), told.getInt(104));
        }

        private int kind() {
            return told.getShort(28) & KIND;
        }

        private long nanos(int at) {
            return TimeUnit.SECONDS.toNanos(told.getLong(at)) + told.getInt(at + Long.BYTES);
        }
    }
}
