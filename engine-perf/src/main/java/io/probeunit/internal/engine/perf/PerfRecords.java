package io.probeunit.internal.engine.perf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code perf record -o -} writes: the form for pipes of {@code tools/perf/Documentation/perf.data-file-format.txt},
 * whose records are those of perf_event_open(2) and some of perf's own. Acknowledgements of commands stand between records.
 */
final class PerfRecords {

    private static final byte[] MAGIC = "PERFILE2".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACKNOWLEDGED = "ack\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int FILE_HEADER = 16;
    private static final int HEADER = 8;
    private static final int BUFFER = 1 << 18;
    private static final int MMAP2_INODE = 40;
    private static final int MMAP2_PATH = 64;

    /** Where {@code sample_regs_user} is among the attributes of an event. */
    private static final int REGISTERS = 80;

    private static final int LOST = 2;
    private static final int COMM = 3;
    private static final int FORK = 7;
    private static final int SAMPLE = 9;
    private static final int MMAP2 = 10;
    private static final int FIRST_OF_PERF = 64;
    private static final int ATTRIBUTES = 64;
    private static final int TRACING_DATA = 66;
    private static final int FINISHED_ROUND = 68;

    /** {@code PERF_RECORD_MISC_COMM_EXEC}: the name changed since another program was executed. */
    private static final int EXECUTED = 1 << 13;

    /** {@code PERF_RECORD_MISC_MMAP_BUILD_ID}. */
    private static final int WITH_BUILD_ID = 1 << 14;

    private final InputStream stream;
    private final Listener listener;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.nativeOrder());
    private final Map<Long, SampleForm> forms = new HashMap<>();
    private final Map<Long, Long> configs = new HashMap<>();
    private long roundBytes;

    PerfRecords(InputStream stream, Listener listener) {
        this.stream = stream;
        this.listener = listener;
        buffer.limit(0);
    }

    /** Receives what is read, on the reading thread. */
    interface Listener {

        /**
         * A sample.
         *
         * @param source which event on which CPU; a number of perf's own
         * @param config what tells the event: for a tracepoint, its number
         * @param sample until this method returns
         */
        void sample(long source, long config, Sample sample);

        /** A command was carried out, and all records that were there before it was taken have been handed over. */
        default void acknowledged() {}

        /** Some pass over the rings found more than this in them: some ring may have been full. */
        default void round(long bytes) {}

        /** Records of some event did not fit into its ring. */
        default void lost() {}

        /**
         * A process did something that tells which code is where.
         *
         * @param event what
         */
        default void task(TaskEvent event) {}
    }

    /** Reads to the end of the stream, or until it is cut off in the middle of something. */
    void read() throws IOException {
        try {
            header();
            while (require(ACKNOWLEDGED.length, true)) {
                next();
            }
        } catch (EOFException cutOff) {
            // the tool was killed
        }
    }

    private void header() throws IOException {
        require(FILE_HEADER, false);
        byte[] magic = new byte[MAGIC.length];
        buffer.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("it begins with '%s', not with '%s'"
                    .formatted(
                            new String(magic, StandardCharsets.ISO_8859_1),
                            new String(MAGIC, StandardCharsets.US_ASCII)));
        }
        skip(buffer.getLong() - FILE_HEADER);
    }

    private void next() throws IOException {
        if (isAcknowledgement()) {
            buffer.position(buffer.position() + ACKNOWLEDGED.length);
            listener.acknowledged();
            return;
        }
        require(HEADER, false);
        int start = buffer.position();
        int type = buffer.getInt(start);
        int size = Short.toUnsignedInt(buffer.getShort(start + 6));
        if (size < HEADER) {
            throw new IOException("a record of type %d has %d bytes".formatted(type, size));
        }
        require(size, false);
        int at = buffer.position();
        ByteBuffer body = buffer.duplicate().order(ByteOrder.nativeOrder());
        body.position(at + HEADER).limit(at + size);
        if (type < FIRST_OF_PERF) {
            roundBytes += size;
        }
        take(type, Short.toUnsignedInt(buffer.getShort(at + 4)), body);
        buffer.position(at + size);
        if (type == TRACING_DATA) {
            // the data follow the record, in multiples of 8 bytes
            skip(Integer.toUnsignedLong(buffer.getInt(at + HEADER)) + 7 & ~7L);
        }
    }

    private void take(int type, int misc, ByteBuffer body) throws IOException {
        switch (type) {
            case ATTRIBUTES -> attributes(body);
            case SAMPLE -> sample(body);
            case LOST -> listener.lost();
            case MMAP2 -> listener.task(mapped(misc, body));
            case FORK ->
                listener.task(new TaskEvent.Forked(
                        time(body), body.getInt(body.position()), body.getInt(body.position() + 4)));
            case COMM -> {
                if ((misc & EXECUTED) != 0) {
                    listener.task(new TaskEvent.Executed(time(body), body.getInt(body.position())));
                }
            }
            case FINISHED_ROUND -> {
                listener.round(roundBytes);
                roundBytes = 0;
            }
            default -> {
                // of no interest
            }
        }
    }

    /** {@code struct perf_event_attr}, then the numbers of the event on each CPU. */
    private void attributes(ByteBuffer body) throws IOException {
        int start = body.position();
        int size = body.getInt(start + 4);
        long config = body.getLong(start + 8);
        SampleForm form = SampleForm.of(
                body.getLong(start + 24),
                body.getLong(start + 32),
                size > REGISTERS ? body.getLong(start + REGISTERS) : 0);
        body.position(start + size);
        while (body.remaining() >= Long.BYTES) {
            long source = body.getLong();
            forms.put(source, form);
            configs.put(source, config);
        }
    }

    private void sample(ByteBuffer body) throws IOException {
        long source = body.getLong(body.position());
        SampleForm form = form(source);
        Long config = configs.get(source);
        listener.sample(source, config == null ? 0 : config, form.read(body));
    }

    private TaskEvent mapped(int misc, ByteBuffer body) throws IOException {
        if ((misc & WITH_BUILD_ID) != 0) {
            throw new IOException("a mapped file has a build-id where its inode should be (--buildid-mmap)");
        }
        int at = body.position();
        int end = at + MMAP2_PATH;
        while (end < body.limit() && body.get(end) != 0) {
            end++;
        }
        byte[] path = new byte[end - at - MMAP2_PATH];
        body.get(at + MMAP2_PATH, path);
        return new TaskEvent.Mapped(
                time(body),
                body.getInt(at),
                body.getLong(at + 8),
                body.getLong(at + 16),
                body.getLong(at + 24),
                new String(path, StandardCharsets.UTF_8),
                body.getLong(at + MMAP2_INODE));
    }

    /** At the end of each record that is no sample are some fields that samples have as well; the last tells the event. */
    private long time(ByteBuffer body) throws IOException {
        long source = body.getLong(body.limit() - Long.BYTES);
        // records that perf made itself, of what was there when it began, have nothing in these fields
        return source == 0 ? 0 : form(source).time(body);
    }

    private SampleForm form(long source) throws IOException {
        return Optional.ofNullable(forms.get(source))
                .orElseThrow(() -> new IOException("a record of an event that was not announced: " + source));
    }

    private boolean isAcknowledgement() {
        for (int i = 0; i < ACKNOWLEDGED.length; i++) {
            if (buffer.get(buffer.position() + i) != ACKNOWLEDGED[i]) {
                return false;
            }
        }
        return true;
    }

    /** Has so many bytes in the buffer; false at the end of the stream, if it may end here. */
    private boolean require(int bytes, boolean mayEnd) throws IOException {
        while (buffer.remaining() < bytes) {
            boolean nothing = !buffer.hasRemaining();
            buffer.compact();
            int read = stream.read(buffer.array(), buffer.position(), buffer.remaining());
            buffer.position(buffer.position() + Math.max(read, 0)).flip();
            if (read < 0) {
                if (mayEnd && nothing) {
                    return false;
                }
                throw new EOFException("cut off");
            }
        }
        return true;
    }

    private void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            require(1, false);
            int now = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + now);
            left -= now;
        }
    }
}
