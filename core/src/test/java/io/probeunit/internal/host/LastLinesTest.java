package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {

    private final LastLines lines = new LastLines();

    @Test
    void a_program_that_wrote_nothing_printed_no_errors() {
        lines.drain(stream("\n  \n"));

        assertThat(lines.isEmpty()).isTrue();
        assertThat(lines.after("perf runs")).isEqualTo("perf runs and printed no errors");
    }

    @Test
    void lines_are_shown_in_their_order_without_blank_ones() {
        lines.drain(stream("first\n\n  second  \n"));

        assertThat(lines.isEmpty()).isFalse();
        assertThat(lines.after("perf runs")).isEqualTo("perf runs; it printed: first / second");
    }

    @Test
    void only_the_last_lines_are_kept() {
        lines.drain(
                stream(IntStream.rangeClosed(1, 100).mapToObj(String::valueOf).collect(Collectors.joining("\n"))));

        assertThat(lines.after("it"))
                .isEqualTo("it; it printed: "
                        + IntStream.rangeClosed(89, 100)
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(" / ")));
    }

    @Test
    void a_stream_that_breaks_is_a_line_and_an_end() throws InterruptedException {
        assertThat(lines.awaitDrained(Duration.ZERO)).isFalse();

        lines.drain(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        });

        assertThat(lines.awaitDrained(Duration.ZERO)).isTrue();
        assertThat(lines.after("it")).contains("(its errors could not be read: ", "broken");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
