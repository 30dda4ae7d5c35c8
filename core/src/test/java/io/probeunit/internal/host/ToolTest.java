package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ToolTest {

    @Test
    void durations_are_never_rounded_to_nothing() {
        assertThat(Tool.words(Duration.ofMillis(1))).isEqualTo("1 ms");
        assertThat(Tool.words(Duration.ofMillis(1500))).isEqualTo("1500 ms");
        assertThat(Tool.words(Duration.ofMinutes(1))).isEqualTo("60 s");
    }
}
