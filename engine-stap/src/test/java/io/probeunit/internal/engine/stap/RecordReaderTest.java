package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RecordReaderTest {

    private static final Nonce NONCE = Points.NONCE;

    /** Whatever the sizes in which the bytes arrive, and whatever stands inside and between. */
    @Property
    void records_come_out_as_they_went_in(
            @ForAll @Size(max = 5) List<@From("contents") String> records,
            @ForAll("garbage") String between,
            @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws IOException {
        StringBuilder output = new StringBuilder(between);
        records.forEach(r -> output.append(framed(r)).append(between));

        assertThat(read(output.toString(), chunk)).isEqualTo(records);
    }

    @Property
    void a_record_of_which_the_end_is_lost_takes_no_other_with_it(
            @ForAll("contents") String torn, @ForAll("contents") String whole) throws IOException {
        assertThat(read(NONCE.start() + torn + framed(whole), 7)).containsExactly(whole);
        assertThat(read(framed(whole) + NONCE.start() + torn, 7)).containsExactly(whole);
    }

    @Property
    void no_output_makes_it_throw(@ForAll("garbage") String garbage, @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws IOException {
        assertThat(read(garbage, chunk)).isEmpty();
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of("E0 1 2", "\n", "#", "|", "a", "\u0000", "ÿ", "#00c0ffee", "|00c0ffee1234", ".\n", "%d")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts))
                .filter(text -> !text.contains(NONCE.end()));
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.of("\n", "#", "#00c0ffee1234", "00c0ffee1234 ", "|00c0ffee1234.", "WARNING: x\n", "##")
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts))
                .filter(text -> !text.contains(NONCE.start()));
    }

    private static String framed(String record) {
        return NONCE.start() + record + NONCE.end() + "\n";
    }

    private static List<String> read(String output, int chunk) throws IOException {
        InputStream bytes = new ByteArrayInputStream(output.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, chunk));
            }
        };
        RecordReader reader = new RecordReader(bytes, NONCE);
        List<String> records = new ArrayList<>();
        for (Optional<String> record = reader.next(); record.isPresent(); record = reader.next()) {
            records.add(record.get());
        }
        return records;
    }
}
