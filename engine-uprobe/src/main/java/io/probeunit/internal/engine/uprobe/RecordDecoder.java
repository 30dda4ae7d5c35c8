package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.RawFiring.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads records of the ring buffer where they lie. It shows one at a time, and makes no object for integers. Not
 * thread-safe.
 */
final class RecordDecoder implements Details {

    private static final Value UNREADABLE = new Value.Unreadable();

    private final SlotReading[][] readings;
    private final int[][] offsets;
    private final CommandNames names = new CommandNames();
    private final Map<Integer, Callers> waiting = new HashMap<>();
    private Callers callers = Callers.NONE;
    private ByteBuffer data = ByteBuffer.allocate(0);
    private int at;
    private int layout;

    RecordDecoder(List<Layout> layouts) {
        this.readings =
                layouts.stream().map(l -> l.slots().toArray(SlotReading[]::new)).toArray(SlotReading[][]::new);
        this.offsets = layouts.stream()
                .map(l -> IntStream.range(0, l.slots().size()).map(l::offset).toArray())
                .toArray(int[][]::new);
    }

    /** Keeps what is known of the stack of a thread, until the record of its firing follows. */
    void follows(int tid, Callers callers) {
        waiting.put(tid, callers);
    }

    /** Goes to another record, in native byte order. */
    RecordDecoder show(ByteBuffer buffer, int offset) {
        data = buffer;
        at = offset;
        long cookie = data.getLong(at + Layout.COOKIE);
        layout = Sites.layout(cookie);
        callers = (cookie & StackRecord.FOLLOWS) != 0
                ? Optional.ofNullable(waiting.remove(tid())).orElse(Callers.NONE)
                : Callers.NONE;
        return this;
    }

    @Override
    public int point() {
        return Sites.point(data.getLong(at + Layout.COOKIE));
    }

    @Override
    public long nanos() {
        return data.getLong(at + Layout.NANOS);
    }

    @Override
    public int pid() {
        return (int) (data.getLong(at + Layout.TASK) >>> Integer.SIZE);
    }

    @Override
    public int tid() {
        return (int) data.getLong(at + Layout.TASK);
    }

    @Override
    public String command() {
        return names.name(data, at + Layout.COMMAND);
    }

    @Override
    public boolean isNumber(int slot) {
        SlotReading reading = readings[layout][slot];
        boolean unread = (reading instanceof SlotReading.Memory || reading instanceof SlotReading.Took)
                && data.getLong(place(slot)) < 0;
        return !unread && !(reading instanceof SlotReading.Text);
    }

    @Override
    public long number(int slot) {
        SlotReading reading = readings[layout][slot];
        if (reading instanceof SlotReading.Register register) {
            return SlotReading.narrow(data.getLong(place(slot)), register.shift(), register.size(), register.signed());
        }
        if (reading instanceof SlotReading.Took) {
            return data.getLong(place(slot));
        }
        if (reading instanceof SlotReading.Memory memory) {
            return SlotReading.narrow(data.getLong(place(slot) + Long.BYTES), 0, memory.size(), memory.signed());
        }
        return ((SlotReading.Constant) reading).value();
    }

    @Override
    public Value value(int slot) {
        if (isNumber(slot)) {
            return new Value.Number(number(slot));
        }
        long length = data.getLong(place(slot));
        if (length < 0) {
            return UNREADABLE;
        }
        String text = text(place(slot) + Long.BYTES, (int) length);
        boolean cut = length >= SlotReading.TEXT_BYTES;
        return new Value.Text(cut ? text.replaceFirst("\ufffd+$", "") : text, cut);
    }

    @Override
    public Callers callers() {
        return callers;
    }

    private int place(int slot) {
        return at + offsets[layout][slot];
    }

    private String text(int from, int most) {
        byte[] bytes = new byte[most];
        int length = 0;
        while (length < most && data.get(from + length) != 0) {
            bytes[length] = data.get(from + length);
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
