package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordDecoderTest {

    /** Records begin behind others. */
    private static final int AT = 24;

    private static final SlotReading TEXT = new SlotReading.Text(new SlotReading.Register(112, 0, 8, false));
    private static final long FAULT = -14;

    @Test
    void a_record_says_which_point_when_and_who() {
        Details firing = new RecordDecoder(List.of(new Layout(List.of(TEXT)), new Layout(List.of())))
                .show(record(1L << 32 | 65535, data -> {}), AT);

        assertThat(copy(firing, 0))
                .isEqualTo(new RawFiring(65535, 123_456_789_012L, 4711, 4712, "worker/1", List.of()));
    }

    @Test
    void a_name_that_fills_its_field_has_no_end() {
        ByteBuffer data = record(0, d -> {});
        data.put(AT + Layout.COMMAND, "sixteen letters!".getBytes(StandardCharsets.UTF_8));

        assertThat(new RecordDecoder(List.of(new Layout(List.of())))
                        .show(data, AT)
                        .command())
                .isEqualTo("sixteen letters!");
    }

    @Test
    void names_of_tasks_that_take_turns_are_not_mixed_up() {
        RecordDecoder decoder = new RecordDecoder(List.of(new Layout(List.of())));
        ByteBuffer data = record(0, d -> {});
        for (int i = 0; i < 1000; i++) {
            String name = "worker/" + i % 200;
            data.put(AT + Layout.COMMAND, (name + "\0".repeat(16 - name.length())).getBytes(StandardCharsets.UTF_8));
            assertThat(decoder.show(data, AT).command()).isEqualTo(name);
        }
    }

    /** At some hundred thousand firings a second, objects would be what the reader spends its time on. */
    @Test
    void integers_and_known_tasks_are_read_without_an_object() {
        Layout layout = new Layout(
                List.of(new SlotReading.Register(0, 0, 8, false), new SlotReading.Memory(0, -1, 1, 0, 4, true)));
        RecordDecoder decoder = new RecordDecoder(List.of(layout));
        ByteBuffer data = record(0, d -> d.putLong(7).putLong(0).putLong(-1));
        LongSupplier read = () -> {
            Details firing = decoder.show(data, AT);
            long sum = firing.point()
                    + firing.nanos()
                    + firing.pid()
                    + firing.tid()
                    + firing.command().length();
            for (int slot = 0; slot < 2; slot++) {
                sum += firing.isNumber(slot) ? firing.number(slot) : 1;
            }
            return sum;
        };
        read.getAsLong();

        int times = 10_000;
        long before = allocated();
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += read.getAsLong();
        }
        long bytes = allocated() - before;

        assertThat(sum).isEqualTo(times * read.getAsLong());
        assertThat(bytes).as("bytes for %d firings", times).isLessThan(times);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, true,  0x7f,  127", "0, 1, true,  0x12ff,  -1", "0, 1, false, 0x12ff, 255",
        "8, 1, true,  0x80ff, -128", "8, 1, false, 0x80ff, 128", "0, 2, true,  0x18000, -32768",
        "0, 2, false, 0x18000, 32768", "0, 4, true,  0xfffffffe, -2", "0, 4, false, 0xfffffffe, 4294967294",
        "0, 8, true,  -2, -2", "0, 8, false, -2, -2"
    })
    void a_number_has_the_width_and_sign_of_its_place(int shift, int size, boolean signed, String raw, long value) {
        long bits = Long.decode(raw);

        assertThat(one(new SlotReading.Register(0, shift, size, signed), data -> data.putLong(bits)))
                .isEqualTo(new Value.Number(value));
        if (shift == 0) {
            assertThat(one(
                            new SlotReading.Memory(0, -1, 1, 0, size, signed),
                            data -> data.putLong(0).putLong(bits)))
                    .isEqualTo(new Value.Number(value));
        }
    }

    @Test
    void a_constant_comes_from_the_note_and_not_from_the_record() {
        assertThat(one(new SlotReading.Constant(-4), data -> data.putLong(99))).isEqualTo(new Value.Number(-4));
    }

    @Test
    void what_could_not_be_read_is_no_number_and_no_text() {
        assertThat(one(new SlotReading.Memory(0, -1, 1, 0, 8, true), data -> data.putLong(FAULT)))
                .isEqualTo(new Value.Unreadable());
        assertThat(one(TEXT, data -> data.putLong(FAULT))).isEqualTo(new Value.Unreadable());
    }

    @Test
    void a_text_that_is_whole_ends_where_its_length_says() {
        // what is behind the end was left there by another record
        assertThat(one(TEXT, data -> data.putLong(4).put("n\u00e9\0old".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Value.Text("n\u00e9", false));
    }

    @Test
    void an_empty_text_is_a_text() {
        assertThat(one(TEXT, data -> data.putLong(1))).isEqualTo(new Value.Text("", false));
    }

    @Test
    void a_text_that_is_cut_loses_the_character_that_was_cut_through() {
        // 254 bytes and the first of the two bytes of é
        assertThat(one(
                        TEXT,
                        data -> data.putLong(256)
                                .put(("x".repeat(254)).getBytes(StandardCharsets.UTF_8))
                                .put((byte) 0xc3)))
                .isEqualTo(new Value.Text("x".repeat(254), true));
        // a character of four bytes, three of which are there
        assertThat(one(
                        TEXT,
                        data -> data.putLong(256)
                                .put(("x".repeat(252)).getBytes(StandardCharsets.UTF_8))
                                .put(new byte[] {(byte) 0xf0, (byte) 0x9f, (byte) 0x98})))
                .isEqualTo(new Value.Text("x".repeat(252), true));
    }

    @Test
    void slots_are_read_from_their_own_places() {
        Layout layout = new Layout(List.of(
                TEXT,
                new SlotReading.Register(0, 0, 8, false),
                new SlotReading.Memory(0, -1, 1, 0, 4, true),
                new SlotReading.Register(0, 0, 2, false)));
        ByteBuffer data = record(0, d -> {
            d.putLong(3).put("ab".getBytes(StandardCharsets.UTF_8)).position(AT + layout.offset(1));
            d.putLong(7).putLong(0).putLong(-1).putLong(8);
        });

        assertThat(copy(new RecordDecoder(List.of(layout)).show(data, AT), 4).values())
                .containsExactly(
                        new Value.Text("ab", false), new Value.Number(7), new Value.Number(-1), new Value.Number(8));
    }

    private static Value one(SlotReading reading, Consumer<ByteBuffer> content) {
        Details firing = new RecordDecoder(List.of(new Layout(List.of(reading)))).show(record(0, content), AT);
        assertThat(firing.isNumber(0)).isEqualTo(firing.value(0) instanceof Value.Number);
        return firing.value(0);
    }

    private static RawFiring copy(Details firing, int slots) {
        return new RawFiring(
                firing.point(),
                firing.nanos(),
                firing.pid(),
                firing.tid(),
                firing.command(),
                IntStream.range(0, slots).mapToObj(firing::value).toList());
    }

    private static ByteBuffer record(long cookie, Consumer<ByteBuffer> slots) {
        ByteBuffer data = ByteBuffer.allocateDirect(1024).order(ByteOrder.nativeOrder());
        data.putLong(AT + Layout.NANOS, 123_456_789_012L);
        data.putLong(AT + Layout.TASK, 4711L << 32 | 4712);
        data.put(AT + Layout.COMMAND, "worker/1".getBytes(StandardCharsets.UTF_8));
        data.putLong(AT + Layout.COOKIE, cookie);
        data.position(AT + new Layout(List.of()).bytes());
        slots.accept(data);
        return data;
    }
}
