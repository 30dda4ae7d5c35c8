package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns an event's samples into details of firings. */
final class FiringDecoder {

    /** The kernel cuts what belongs to one firing here, a page of the smallest size less what comes before it. */
    private static final int MOST_RAW = 4096;

    private static final int NEARLY = 64;

    private final UprobeEvent event;
    private final int command;
    private final int[] fields;

    FiringDecoder(UprobeEvent event, RecordFormat format) {
        this.event = event;
        this.command = format.offset(UprobeEvent.COMMAND);
        this.fields = new int[event.readings().size()];
        for (int slot = 0; slot < fields.length; slot++) {
            boolean fetched = event.readings().get(slot).argument("").isPresent();
            fields[slot] = fetched ? format.offset(UprobeEvent.field(slot)) : 0;
        }
    }

    UprobeEvent event() {
        return event;
    }

    RawFiring decode(Sample sample, Callers callers) {
        List<Value> values = new ArrayList<>(fields.length);
        for (int slot = 0; slot < fields.length; slot++) {
            values.add(value(event.readings().get(slot), sample, fields[slot]));
        }
        Value task = text(sample, command);
        return new RawFiring(
                event.point(),
                sample.nanos(),
                sample.pid(),
                sample.tid(),
                task instanceof Value.Text name ? name.text() : "",
                values,
                callers);
    }

    private static Value value(SlotReading reading, Sample sample, int field) {
        if (reading instanceof SlotReading.Constant constant) {
            return new Value.Number(constant.value());
        }
        if (reading instanceof SlotReading.Stack) {
            return new Value.Number(0);
        }
        if (reading instanceof SlotReading.Number number) {
            return new Value.Number(SlotReading.narrow(fetched(sample, field, number.fetched()), number));
        }
        return text(sample, field);
    }

    private static long fetched(Sample sample, int field, int bytes) {
        ByteBuffer data = sample.buffer();
        int at = sample.raw() + field;
        return switch (bytes) {
            case Byte.BYTES -> data.get(at);
            case Short.BYTES -> data.getShort(at);
            case Integer.BYTES -> data.getInt(at);
            default -> data.getLong(at);
        };
    }

    /** {@code __data_loc}: length and offset of what is elsewhere in the record; no bytes, not even a NUL, if it was not read. */
    private static Value text(Sample sample, int field) {
        int place = sample.buffer().getInt(sample.raw() + field);
        int length = place >>> Short.SIZE;
        int offset = place & 0xffff;
        if (length == 0 || offset + length > sample.rawBytes()) {
            return new Value.Unreadable();
        }
        byte[] bytes = new byte[length];
        sample.buffer().get(sample.raw() + offset, bytes);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        boolean cut = offset + length > MOST_RAW - NEARLY;
        return new Value.Text(cut ? text.replaceFirst("\ufffd+$", "") : text, cut);
    }
}
