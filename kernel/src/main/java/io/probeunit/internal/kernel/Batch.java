package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
    private final List<PlacedPointer> pointers = new ArrayList<>();
    private final List<PlacedPiece> pieces = new ArrayList<>();
    private byte[] data = new byte[FIRST_BYTES];
    /** Bytes of the data, and of the room behind it, which is not sent. */
    private int filled;

    private int room;

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
     * @param offset in the data, or in the room behind it, in bytes
     * @param empty whether it is in that room
     */
    public record Place(int offset, boolean empty) implements Argument {

        /**
         * A place behind it.
         *
         * @param bytes how far
         * @return the other place
         */
        public Place plus(int bytes) {
            return new Place(offset + bytes, empty);
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

    private record PlacedPointer(Place at, Place target) {}

    private record PlacedPiece(Place place, int length, int by) {}

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
        Place place = new Place(whole(filled), false);
        fill(place.offset(), content);
        return place;
    }

    /**
     * Puts other bytes in the place of some.
     *
     * @param place of {@link #bytes}
     * @param content copied
     */
    public void put(Place place, byte[] content) {
        Objects.checkFromIndexSize(place.empty() ? filled : place.offset(), content.length, filled);
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
     * Adds zeros to the memory, for what calls write. They cost nothing on the way.
     *
     * @param bytes how many
     * @return where they are
     */
    public Place room(int bytes) {
        Place place = new Place(room, true);
        room = Math.addExact(room, whole(bytes));
        return place;
    }

    /**
     * Puts an address into the memory.
     *
     * @param at where
     * @param target of what
     */
    public void pointer(Place at, Place target) {
        pointers.add(new PlacedPointer(at, target));
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
     * Adds a call that must succeed: if it fails, later calls of this kind are not made. {@link Kernel#call} does not throw
     * then: {@link Answer#get} does, and what the call should have written is zeros.
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
        return add(new PlacedPiece(place, bytes, -1));
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
        return add(new PlacedPiece(place, most, by.index()));
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
        return pointers.stream()
                .map(pointer -> new Pointer(at(pointer.at()), at(pointer.target())))
                .toList();
    }

    List<Piece> pieces() {
        return pieces.stream()
                .map(piece -> new Piece(at(piece.place()), piece.length(), piece.by()))
                .toList();
    }

    /** The offset in the memory. It is known when nothing more is added. */
    int at(Place place) {
        return (place.empty() ? whole(filled) : 0) + place.offset();
    }

    /** The beginning of the memory; zeros follow. */
    ByteBuffer data() {
        return ByteBuffer.wrap(data, 0, filled);
    }

    /** Bytes of the whole memory. */
    int size() {
        return Math.addExact(whole(filled), room);
    }

    private static int whole(int bytes) {
        return Math.addExact(bytes, WORD - 1) / WORD * WORD;
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

    private Wanted add(PlacedPiece piece) {
        pieces.add(piece);
        return new Wanted(pieces.size() - 1);
    }
}
