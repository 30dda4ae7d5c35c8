package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import io.probeunit.internal.engine.SessionRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Turns the record of a firing into its details. */
final class FiringDecoder {

    /** SystemTap's BPF runtime keeps 64 bytes of a string, the NUL at its end included. */
    static final int LONGEST_STRING = 63;

    private static final int OWN_NUMBERS = 5;
    private static final int COMMAND_BYTES = 16;

    private final List<PointReading> readings;
    private final Pattern separator;
    private final String unreadable;
    private final long unreadableNumber;

    FiringDecoder(SessionRequest request, Nonce nonce) {
        this.readings = request.points().stream().map(PointReading::of).toList();
        this.separator = Pattern.compile(Pattern.quote(nonce.separator()));
        this.unreadable = nonce.unreadable();
        this.unreadableNumber = nonce.unreadableNumber();
    }

    /** Reads {@code INDEX NANOS TASK COMMAND COMMAND SITE NUMBER… STRING…}. */
    RawFiring decode(String record) {
        String[] parts = separator.split(record, -1);
        String[] words = parts[0].split(" ");
        int index = Integer.parseInt(words[0]);
        long[] numbers = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
        long task = numbers[1];
        return new RawFiring(
                index,
                numbers[0],
                (int) (task >>> Integer.SIZE),
                (int) task,
                command(numbers[2], numbers[3]),
                values(readings.get(index), (int) numbers[4], numbers, parts));
    }

    private List<Value> values(PointReading reading, int site, long[] numbers, String[] parts) {
        ProbePoint point = reading.point();
        List<Value> values = new ArrayList<>(Collections.nCopies(point.slots().size(), new Value.Unreadable()));
        int number = OWN_NUMBERS;
        int string = 1;
        for (int slot : BpfScript.numbersThenStrings(point)) {
            if (point.slots().get(slot).text()) {
                values.set(slot, text(parts[string++]));
            } else {
                values.set(slot, number(reading.sites().get(site).values().get(slot), numbers[number++]));
            }
        }
        return values;
    }

    private Value number(Reading how, long recorded) {
        return how instanceof Reading.Memory && recorded == unreadableNumber
                ? new Value.Unreadable()
                : new Value.Number(how.value(recorded));
    }

    private Value text(String bytes) {
        if (bytes.equals(unreadable)) {
            return new Value.Unreadable();
        }
        String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        boolean cut = bytes.length() >= LONGEST_STRING;
        return new Value.Text(cut ? withoutHalfCharacter(text) : text, cut);
    }

    /** The cut may have gone through a character of several bytes, of which a replacement character remains. */
    private static String withoutHalfCharacter(String text) {
        return text.endsWith("\ufffd") ? text.replaceFirst("\ufffd+$", "") : text;
    }

    private static String command(long low, long high) {
        byte[] name = ByteBuffer.allocate(COMMAND_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(low)
                .putLong(high)
                .array();
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }
}
