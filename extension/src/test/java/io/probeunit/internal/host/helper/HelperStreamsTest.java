package io.probeunit.internal.host.helper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelperStreamsTest {

    private final HelperStreams streams = new HelperStreams();

    @Test
    void what_is_written_is_sent_until_the_input_ends() throws IOException {
        byte[] frame = bytes("-frame-");
        streams.input().write(frame, 1, 5);
        frame[1] = 'X';
        streams.input().write('!');
        streams.input().close();

        assertThat(streams.sent().readAllBytes()).asString().isEqualTo("frame!");
    }

    @Test
    void what_the_helper_prints_is_received_until_it_ends() throws IOException {
        streams.output(bytes("answer"));
        streams.ended();

        assertThat(streams.output().readAllBytes()).asString().isEqualTo("answer");
    }

    @Test
    void the_end_of_its_errors_is_kept() {
        assertThat(streams.lastErrors()).isEmpty();

        streams.errors(bytes("x".repeat(5_000)));
        streams.errors(bytes("why\n"));

        assertThat(streams.lastErrors()).hasSize(3_999).endsWith("xwhy");
    }

    @Test
    void closing_ends_the_input_of_a_helper_that_has_ended() throws IOException {
        streams.ended();

        streams.close();

        assertThat(streams.sent().read()).isEqualTo(-1);
    }

    @Test
    void an_interrupted_thread_does_not_wait_for_the_helper() {
        Thread.currentThread().interrupt();

        streams.close();

        assertThat(Thread.interrupted()).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
