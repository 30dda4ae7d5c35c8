package io.probeunit.internal.engine.perf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What an event's samples hold, in the order that perf_event_open(2) tells under {@code PERF_RECORD_SAMPLE}.
 *
 * @param sampleType bits {@code PERF_SAMPLE_…}
 * @param readFormat bits {@code PERF_FORMAT_…}
 * @param registers bits of the registers that are copied
 */
record SampleForm(long sampleType, long readFormat, long registers) {

    private static final int IP = 1;
    private static final int TID = 1 << 1;
    private static final int TIME = 1 << 2;
    private static final int ADDR = 1 << 3;
    private static final int READ = 1 << 4;
    private static final int CALLCHAIN = 1 << 5;
    private static final int ID = 1 << 6;
    private static final int CPU = 1 << 7;
    private static final int PERIOD = 1 << 8;
    private static final int STREAM_ID = 1 << 9;
    private static final int RAW = 1 << 10;
    private static final int REGS_USER = 1 << 12;
    private static final int STACK_USER = 1 << 13;
    /** Behind all that is read. */
    private static final int DATA_SRC = 1 << 15;

    private static final int IDENTIFIER = 1 << 16;
    private static final int UNDERSTOOD = IP
            | TID
            | TIME
            | ADDR
            | READ
            | CALLCHAIN
            | ID
            | CPU
            | PERIOD
            | STREAM_ID
            | RAW
            | REGS_USER
            | STACK_USER
            | DATA_SRC
            | IDENTIFIER;

    private static final int TIME_ENABLED = 1;
    private static final int TIME_RUNNING = 1 << 1;
    private static final int GROUP = 1 << 3;

    static SampleForm of(long sampleType, long readFormat, long registers) throws IOException {
        if ((sampleType & IDENTIFIER) == 0 || (sampleType & ~UNDERSTOOD) != 0) {
            throw new IOException(
                    "this version of perf writes samples in a form that is not known: 0x%x".formatted(sampleType));
        }
        return new SampleForm(sampleType, readFormat, registers);
    }

    /** Reads a sample; its raw data stay in the buffer. */
    Sample read(ByteBuffer body) {
        body.getLong();
        long ip = has(IP) ? body.getLong() : 0;
        int pid = has(TID) ? body.getInt() : 0;
        int tid = has(TID) ? body.getInt() : 0;
        long nanos = has(TIME) ? body.getLong() : 0;
        skip(body, (has(ADDR) ? 1 : 0) + (has(ID) ? 1 : 0) + (has(STREAM_ID) ? 1 : 0) + (has(CPU) ? 1 : 0));
        skip(body, has(PERIOD) ? 1 : 0);
        long count = has(READ) ? count(body) : 0;
        if (has(CALLCHAIN)) {
            skip(body, (int) body.getLong());
        }
        int rawBytes = has(RAW) ? body.getInt() : 0;
        int raw = body.position();
        Optional<UserStack> user = has(REGS_USER) && has(STACK_USER)
                ? Optional.of(new UserStack(body, raw + rawBytes, registers))
                : Optional.empty();
        return new Sample(ip, pid, tid, nanos, count, body, raw, rawBytes, user);
    }

    /** The time of a record that is no sample, among the fields at its end. */
    long time(ByteBuffer body) {
        int behind = (has(ID) ? 1 : 0) + (has(STREAM_ID) ? 1 : 0) + (has(CPU) ? 1 : 0) + 1;
        return has(TIME) ? body.getLong(body.limit() - (behind + 1) * Long.BYTES) : 0;
    }

    /** The counter of the event itself; others of its group follow. */
    private long count(ByteBuffer body) {
        boolean group = (readFormat & GROUP) != 0;
        long events = group ? body.getLong() : 1;
        long count = group ? 0 : body.getLong();
        skip(body, Long.bitCount(readFormat & (TIME_ENABLED | TIME_RUNNING)));
        int others = Long.bitCount(readFormat & ~(TIME_ENABLED | TIME_RUNNING | GROUP));
        if (!group) {
            skip(body, others);
            return count;
        }
        count = body.getLong();
        skip(body, others + (int) (events - 1) * (1 + others));
        return count;
    }

    private boolean has(int bit) {
        return (sampleType & bit) != 0;
    }

    private static void skip(ByteBuffer body, int longs) {
        body.position(body.position() + longs * Long.BYTES);
    }
}
