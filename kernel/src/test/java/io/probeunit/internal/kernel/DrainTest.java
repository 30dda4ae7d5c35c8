package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final Drain drain = new Drain();

    @Test
    void what_was_told_and_not_taken_is_kept_when_more_is_told() {
        tell("first, ");
        tell("second");

        assertThat(StandardCharsets.US_ASCII.decode(drain.take()).toString()).isEqualTo("first, second");
        assertThat(drain.take().hasRemaining()).isFalse();
    }

    private void tell(String records) {
        byte[] bytes = records.getBytes(StandardCharsets.US_ASCII);
        drain.ask(new Batch(), 100, place -> new Batch.Call(0));
        drain.told(new Answer(new long[] {bytes.length}, List.of(bytes)));
    }
}
