package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * System calls that are made one after the other, in one request to the kernel, with the memory that they read and
 * write. For one thread, and to be made once.
 */
public final class Batch {

    private static final int WORD = 8;
    private static final int FIRST_BYTES = 512;

    /** What is left of its calls is not made once this one has failed, where they are such calls too. */
    static final int STOP_IF_FAILED = 1;

    /** Made again until all bytes are read or written, or no more come. */
    static final int REPEAT = 2;

    /** So that the offset moves on, too. */
    static final int WITH_OFFSET = 4;

    private final List<Entry> calls = new ArrayList<>();
    private final List<Pointer> pointers = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private byte[] data = new byte[FIRST_BYTES];
    private int filled;
    private int size;

    /** What a call is given. */
    public sealed interface Argument permits Value, Place, Call {}

    /**
     * A number.
     *
     * @param number as it is
     */
    public record Value(long number) implements Argument {}

    /**
     * The address of a part of the batch's memory.
     *
     * @param offset in that memory, in bytes
     */
    public record Place(int offset) implements Argument {

        /**
         * A place behind it.
         *
         * @param bytes how far
         * @return the other place
         */
        public Place plus(int bytes) {
            return new Place(offset + bytes);
        }
    }

    /**
     * A call of the batch; as an argument of a later one, its result. That call is not made where this one failed.
     *
     * @param index its position
     */
    public record Call(int index) implements Argument {}

    /**
     * A part of the memory that is wanted when the calls were made.
     *
     * @param index its position among these
     */
    public record Wanted(int index) {}

    /** As it is asked for. */
    record Entry(Number number, int flags, List<Argument> arguments) {}

    /** How a call is known. */
    sealed interface Number {}

    /** By the kernel. */
    record OfKernel(SystemCall call) implements Number {}

    /** By the helper alone. */
    record OfHelper(int number) implements Number {}

    /** A place that holds the address of another. */
    record Pointer(int at, int target) {}

    /** A part that is wanted: so many bytes, or as many as the result of a call says. */
    record Piece(int offset, int length, int by) {}

    /**
     * A number as an argument.
     *
     * @param number signed or not
     * @return the argument
     */
    public static Argument value(long number) {
        return new Value(number);
    }

    /**
     * Adds bytes to the memory.
     *
     * @param content copied
     * @return where they are
     */
    public Place bytes(byte[] content) {
        Place place = room(content.length);
        fill(place.offset(), content);
        return place;
    }

    /**
     * Puts bytes where there were zeros.
     *
     * @param place in the memory
     * @param content copied
     */
    public void put(Place place, byte[] content) {
        fill(place.offset(), content);
    }

    /**
     * Adds a text to the memory, in UTF-8 and with a zero byte behind it.
     *
     * @param text without zero bytes
     * @return where it is
     */
    public Place text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes(Arrays.copyOf(bytes, bytes.length + 1));
    }

    /**
     * Adds numbers to the memory.
     *
     * @param numbers of 8 bytes each
     * @return where they are
     */
    public Place longs(long... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(numbers);
        return bytes(buffer.array());
    }

    /**
     * Adds zeros to the memory.
     *
     * @param bytes how many
     * @return where they are
     */
    public Place room(int bytes) {
        Place place = new Place(size);
        size = Math.addExact(size, (bytes + WORD - 1) / WORD * WORD);
        return place;
    }

    /**
     * Puts an address into the memory.
     *
     * @param at where
     * @param target of what
     */
    public void pointer(Place at, Place target) {
        pointers.add(new Pointer(at.offset(), target.offset()));
    }

    /**
     * Adds a call that is made whatever became of those before.
     *
     * @param call which
     * @param arguments at most six
     * @return the call
     */
    public Call call(SystemCall call, Argument... arguments) {
        return add(new OfKernel(call), 0, arguments);
    }

    /**
     * Adds a call that must succeed: if it fails, others of this kind are not made.
     *
     * @param call which
     * @param arguments at most six
     * @return the call
     */
    public Call must(SystemCall call, Argument... arguments) {
        return add(new OfKernel(call), STOP_IF_FAILED, arguments);
    }

    /**
     * Adds a call that must succeed, and is made until all is read or written.
     *
     * @param call one like read(2): a descriptor, a place, a length; and an offset where it is one like pread(2)
     * @param arguments these
     * @return the call, whose result is the sum
     */
    public Call all(SystemCall call, Argument... arguments) {
        return add(
                new OfKernel(call),
                STOP_IF_FAILED | REPEAT | (call == SystemCall.PREAD64 ? WITH_OFFSET : 0),
                arguments);
    }

    /**
     * Adds a call that is made whatever became of those before, until all is read.
     *
     * @param call one like read(2)
     * @param arguments a descriptor, a place, a length
     * @return the call, whose result is the sum
     */
    public Call repeated(SystemCall call, Argument... arguments) {
        return add(new OfKernel(call), REPEAT, arguments);
    }

    /**
     * Wants a part of the memory.
     *
     * @param place where it begins
     * @param bytes its length
     * @return by which the answer knows it
     */
    public Wanted want(Place place, int bytes) {
        return add(new Piece(place.offset(), bytes, -1));
    }

    /**
     * Wants as much of the memory as a call's result says.
     *
     * @param place where it begins
     * @param most bytes
     * @param by the call, which has filled so many bytes
     * @return by which the answer knows it
     */
    public Wanted want(Place place, int most, Call by) {
        return add(new Piece(place.offset(), most, by.index()));
    }

    /**
     * Says whether there is nothing to be done.
     *
     * @return true if no call was added
     */
    public boolean isEmpty() {
        return calls.isEmpty();
    }

    Call own(int number, Argument... arguments) {
        return add(new OfHelper(number), STOP_IF_FAILED, arguments);
    }

    List<Entry> calls() {
        return calls;
    }

    List<Pointer> pointers() {
        return pointers;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The beginning of the memory; zeros follow. */
    ByteBuffer data() {
        return ByteBuffer.wrap(data, 0, filled);
    }

    /** Bytes of the whole memory. */
    int size() {
        return size;
    }

    private void fill(int at, byte[] content) {
        int end = at + content.length;
        if (end > data.length) {
            data = Arrays.copyOf(data, Math.max(end, 2 * data.length));
        }
        System.arraycopy(content, 0, data, at, content.length);
        filled = Math.max(filled, end);
    }

    private Call add(Number number, int flags, Argument... arguments) {
        calls.add(new Entry(number, flags, List.of(arguments)));
        return new Call(calls.size() - 1);
    }

    private Wanted add(Piece piece) {
        pieces.add(piece);
        return new Wanted(pieces.size() - 1);
    }
}
