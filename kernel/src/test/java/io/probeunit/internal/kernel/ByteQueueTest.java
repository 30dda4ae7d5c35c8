package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ByteQueueTest {

    private final ByteQueue queue = new ByteQueue();

    @Test
    void nobody_waits_for_more_than_was_asked_for() throws IOException {
        queue.put("ab".getBytes(StandardCharsets.US_ASCII));
        queue.put("cd".getBytes(StandardCharsets.US_ASCII));

        assertThat(queue.readNBytes(3)).asString().isEqualTo("abc");
        assertThat(queue.available()).isEqualTo(1);
        queue.end();
        assertThat(queue.readAllBytes()).asString().isEqualTo("d");
    }
}
