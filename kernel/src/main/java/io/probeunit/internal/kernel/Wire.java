package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The frames that the helper reads and writes, as {@code docs/helper.md} has them: little-endian, each behind a header. */
final class Wire {

    /** Bytes of a header: what marks it, the length of what follows, a number, and a sum or a kind. */
    static final int HEADER = 16;

    static final int MAGIC = 0x314b5550;

    static final int ANSWER = 0;
    static final int OUTPUT = 1;
    static final int ERRORS = 2;
    static final int OUTPUT_END = 3;
    static final int ERRORS_END = 4;
    static final int EXIT = 5;

    /** What the helper does by itself. */
    static final int THREADS = 0xf0000000;

    static final int MAP = THREADS + 1;
    static final int UNMAP = THREADS + 2;
    static final int PEEK = THREADS + 3;
    static final int POKE = THREADS + 4;
    static final int DRAIN = THREADS + 5;
    static final int DRAIN_PERF = THREADS + 6;
    static final int SIGNAL = THREADS + 7;
    static final int END = THREADS + 8;

    private static final int CALLS = 1;
    private static final int START = 2;
    private static final int AT_END = 3;
    private static final int FIELDS = 6;
    private static final int CALL_BYTES = 64;
    private static final int ARGUMENTS = 6;
    private static final int SUM_BEGIN = 0x811c9dc5;
    private static final int SUM_FACTOR = 0x01000193;

    private static final byte VALUE = 0;
    private static final byte POINTER = 1;
    private static final byte RESULT = 2;

    private Wire() {}

    static byte[] calls(int id, Batch batch, Machine machine) {
        return calls(CALLS, id, batch, machine);
    }

    /** The same calls, but made at the helper's end. */
    static byte[] atEnd(int id, Batch batch, Machine machine) {
        return calls(AT_END, id, batch, machine);
    }

    private static byte[] calls(int kind, int id, Batch batch, Machine machine) {
        int given = batch.data().remaining();
        List<Batch.Pointer> pointers = batch.pointers();
        List<Batch.Piece> pieces = batch.pieces();
        ByteBuffer frame = frame(FIELDS * Integer.BYTES
                + batch.calls().size() * CALL_BYTES
                + pointers.size() * 2 * Integer.BYTES
                + pieces.size() * 4 * Integer.BYTES
                + given);
        frame.putInt(kind)
                .putInt(batch.calls().size())
                .putInt(pointers.size())
                .putInt(pieces.size())
                .putInt(given)
                .putInt(batch.size());
        batch.calls().forEach(call -> put(frame, batch, call, machine));
        pointers.forEach(p -> frame.putInt(p.at()).putInt(p.target()));
        pieces.forEach(
                p -> frame.putInt(p.offset()).putInt(p.length()).putInt(p.by()).putInt(0));
        frame.put(batch.data());
        return sealed(id, frame);
    }

    static byte[] start(int id, int number, Program program) {
        List<String> texts = new ArrayList<>(List.of(program.folder()));
        texts.addAll(program.candidates());
        texts.addAll(program.arguments());
        texts.addAll(program.variables());
        byte[] text =
                texts.stream().map(one -> one + "\0").reduce("", String::concat).getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = frame(FIELDS * Integer.BYTES + text.length);
        frame.putInt(START)
                .putInt(number)
                .putInt(program.candidates().size())
                .putInt(program.arguments().size())
                .putInt(program.variables().size())
                .putInt(text.length)
                .put(text);
        return sealed(id, frame);
    }

    /** The answer to a batch. */
    static Answer answer(Batch batch, byte[] body) {
        ByteBuffer told = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        refuseMisunderstood(told);
        long[] results = new long[told.getInt()];
        for (int i = 0; i < results.length; i++) {
            results[i] = told.getLong();
        }
        List<byte[]> pieces = new ArrayList<>();
        int wanted = batch.pieces().size();
        for (int i = 0; i < wanted; i++) {
            byte[] piece = new byte[told.getInt()];
            told.get(piece);
            pieces.add(piece);
        }
        return new Answer(results, pieces);
    }

    /** The answer to the start of a program: the descriptor of its input, and its number or an error. */
    static Started started(byte[] body) {
        ByteBuffer told = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        refuseMisunderstood(told);
        return new Started(told.getInt(), told.getLong());
    }

    /**
     * A program that was started, or not.
     *
     * @param input descriptor of the end of its input that is written to
     * @param result its number, or the number of an error, negative
     */
    record Started(int input, long result) {}

    private static void refuseMisunderstood(ByteBuffer told) {
        int status = told.getInt();
        if (status != 0) {
            throw new IllegalStateException(
                    "The helper did not understand a request: %s".formatted(Errno.words(status)));
        }
    }

    private static void put(ByteBuffer frame, Batch batch, Batch.Entry call, Machine machine) {
        frame.putInt(
                        call.number() instanceof Batch.OfKernel known
                                ? known.call().on(machine)
                                : ((Batch.OfHelper) call.number()).number())
                .putInt(call.flags());
        byte[] kinds = new byte[8];
        for (int i = 0; i < ARGUMENTS; i++) {
            if (i >= call.arguments().size()) {
                frame.putLong(0);
            } else if (call.arguments().get(i) instanceof Batch.Value value) {
                frame.putLong(value.number());
                kinds[i] = VALUE;
            } else if (call.arguments().get(i) instanceof Batch.Place place) {
                frame.putLong(batch.at(place));
                kinds[i] = POINTER;
            } else {
                frame.putLong(((Batch.Call) call.arguments().get(i)).index());
                kinds[i] = RESULT;
            }
        }
        frame.put(kinds);
    }

    private static ByteBuffer frame(int length) {
        return ByteBuffer.allocate(HEADER + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(HEADER);
    }

    private static byte[] sealed(int id, ByteBuffer frame) {
        byte[] bytes = frame.array();
        frame.putInt(0, MAGIC).putInt(4, bytes.length - HEADER).putInt(8, id).putInt(12, sum(id, bytes));
        return bytes;
    }

    /** FNV-1a. */
    private static int sum(int id, byte[] frame) {
        int sum = SUM_BEGIN ^ id;
        for (int i = HEADER; i < frame.length; i++) {
            sum = (sum ^ frame[i] & 0xff) * SUM_FACTOR;
        }
        return sum;
    }
}
