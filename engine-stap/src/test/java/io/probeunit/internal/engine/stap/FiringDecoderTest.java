package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiringDecoderTest {

    private static final String SEPARATOR = Points.NONCE.separator();
    private static final String COMMAND = command("shop worker");

    private final FiringDecoder decoder = new FiringDecoder(
            Points.request(
                    Points.function("plain"),
                    Points.function("mixed", "arg1:string", "arg2", "arg3:string", "arg4"),
                    Points.mark(
                            "shop",
                            "placed",
                            List.of(
                                    Points.site(0x10, Points.register(8, false, 5), Points.constant(4, -4)),
                                    Points.site(0x20, Points.constant(4, 17), Points.register(8, false, 5))),
                            "arg1",
                            "arg2")),
            Points.NONCE);

    @Test
    void who_fired_and_when() {
        long task = 4711L << 32 | 4712;

        assertThat(decoder.decode("0 123456789 %d %s 0".formatted(task, COMMAND)))
                .isEqualTo(new RawFiring(0, 123456789, 4711, 4712, "shop worker", List.of()));
        assertThat(decoder.decode("0 1 %d %s 0".formatted(task, command("fifteen_letters")))
                        .command())
                .isEqualTo("fifteen_letters");
        assertThat(decoder.decode("0 1 %d %s 0".formatted(task, command("grün")))
                        .command())
                .isEqualTo("grün");
    }

    /** A line has the numbers first, since a number behind a string could not be told from its end. */
    @Test
    void values_come_back_in_the_order_of_the_slots() {
        assertThat(mixed(-1, 1L << 40, "one 1 2", "two\nlines|#"))
                .containsExactly(
                        new Value.Text("one 1 2", false),
                        new Value.Number(-1),
                        new Value.Text("two\nlines|#", false),
                        new Value.Number(1L << 40));
    }

    @Test
    void strings_may_be_empty_unreadable_cut_and_foreign() {
        String sixtyTwo = "x".repeat(62);

        assertThat(mixed(0, 0, "", Points.NONCE.unreadable())).element(0).isEqualTo(new Value.Text("", false));
        assertThat(mixed(0, 0, "", Points.NONCE.unreadable())).element(2).isEqualTo(new Value.Unreadable());
        assertThat(mixed(0, 0, sixtyTwo, sixtyTwo + "y"))
                .contains(new Value.Text(sixtyTwo, false), new Value.Text(sixtyTwo + "y", true));
        assertThat(mixed(0, 0, "grüße 世界 🙂", "")).contains(new Value.Text("grüße 世界 🙂", false));
        assertThat(mixed(0, 0, sixtyTwo + "\u00c3", ""))
                .as("half a character at the cut")
                .contains(new Value.Text(sixtyTwo, true));
    }

    @Test
    void a_constant_is_what_the_note_says_at_the_site_that_fired() {
        assertThat(decoder.decode("2 1 1 %s 0 42 0".formatted(COMMAND)).values())
                .containsExactly(new Value.Number(42), new Value.Number(-4));
        assertThat(decoder.decode("2 1 1 %s 1 0 43".formatted(COMMAND)).values())
                .containsExactly(new Value.Number(17), new Value.Number(43));
    }

    @Test
    void memory_that_could_not_be_read_is_no_number() {
        long unreadable = Points.NONCE.unreadableNumber();
        FiringDecoder memory = new FiringDecoder(
                Points.request(Points.mark(
                        "shop",
                        "placed",
                        List.of(Points.site(0x10, Points.memory(4, true, 5, -1, 1, 0), Points.register(8, false, 5))),
                        "arg1",
                        "arg2")),
                Points.NONCE);

        assertThat(memory.decode("0 1 1 %s 0 4294967294 %d".formatted(COMMAND, unreadable))
                        .values())
                .containsExactly(new Value.Number(-2), new Value.Number(unreadable));
        assertThat(memory.decode("0 1 1 %s 0 %d 7".formatted(COMMAND, unreadable))
                        .values())
                .containsExactly(new Value.Unreadable(), new Value.Number(7));
    }

    private List<Value> mixed(long second, long fourth, String first, String third) {
        String line = "1 1 1 %s 0 %d %d".formatted(COMMAND, second, fourth);
        return decoder.decode(line + SEPARATOR + bytes(first) + SEPARATOR + bytes(third))
                .values();
    }

    /** Each byte as a character, as the reader gives them; what is no text of one byte a character is UTF-8. */
    private static String bytes(String text) {
        boolean raw = text.chars().anyMatch(c -> c == 0xc3);
        return raw ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String command(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 16))
                .order(ByteOrder.LITTLE_ENDIAN);
        return bytes.getLong() + " " + bytes.getLong();
    }
}
