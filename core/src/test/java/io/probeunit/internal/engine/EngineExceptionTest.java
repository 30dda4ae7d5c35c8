package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineExceptionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Could not attach with bpf(2) (PU1117): [524] Failed to convert error: 524",
                "Could not write /sys/kernel/tracing/events/p/enable: Unknown error 524"
            })
    void an_error_of_the_kernel_that_has_no_text_is_explained(String said) {
        assertThat(new EngineException(said))
                .hasMessageStartingWith(said)
                .hasMessageContaining("does not step over the instruction");
        assertThat(new EngineException(said, new IllegalStateException())).hasMessageContaining("probe the caller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Could not attach with bpf(2) (PU1117): [22] Invalid argument", "process 524 ended", "at 0x524"})
    void others_are_left_as_they_are(String said) {
        assertThat(new EngineException(said)).hasMessage(said);
    }
}
