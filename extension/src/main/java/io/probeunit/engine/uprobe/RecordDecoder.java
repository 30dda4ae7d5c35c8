package io.probeunit.engine.uprobe;

import io.probeunit.engine.RawFiring;
import io.probeunit.engine.RawFiring.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns a record of the ring buffer into the details of a firing. */
final class RecordDecoder {

    private final List<Layout> layouts;

    RecordDecoder(List<Layout> layouts) {
        this.layouts = layouts;
    }

    RawFiring decode(ByteBuffer data, int at) {
        long task = data.getLong(at + Layout.TASK);
        long cookie = data.getLong(at + Layout.COOKIE);
        Layout layout = layouts.get((int) (cookie >>> Integer.SIZE));
        List<Value> values = new ArrayList<>(layout.slots().size());
        for (int slot = 0; slot < layout.slots().size(); slot++) {
            values.add(value(layout.slots().get(slot), data, at + layout.offset(slot)));
        }
        return new RawFiring(
                (int) cookie,
                data.getLong(at + Layout.NANOS),
                (int) (task >>> Integer.SIZE),
                (int) task,
                text(data, at + Layout.COMMAND, Layout.COMMAND_BYTES),
                values);
    }

    private static Value value(SlotReading reading, ByteBuffer data, int at) {
        if (reading instanceof SlotReading.Register register) {
            return new Value.Number(
                    SlotReading.narrow(data.getLong(at), register.shift(), register.size(), register.signed()));
        }
        if (reading instanceof SlotReading.Constant constant) {
            return new Value.Number(constant.value());
        }
        if (reading instanceof SlotReading.Memory memory) {
            return data.getLong(at) < 0
                    ? new Value.Unreadable()
                    : new Value.Number(
                            SlotReading.narrow(data.getLong(at + Long.BYTES), 0, memory.size(), memory.signed()));
        }
        long length = data.getLong(at);
        if (length < 0) {
            return new Value.Unreadable();
        }
        String text = text(data, at + Long.BYTES, (int) length);
        boolean cut = length >= SlotReading.TEXT_BYTES;
        return new Value.Text(cut ? text.replaceFirst("\ufffd+$", "") : text, cut);
    }

    private static String text(ByteBuffer data, int at, int most) {
        byte[] bytes = new byte[most];
        int length = 0;
        while (length < most && data.get(at + length) != 0) {
            bytes[length] = data.get(at + length);
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
