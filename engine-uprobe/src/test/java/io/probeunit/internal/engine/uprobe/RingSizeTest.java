package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 65536",
        "65536, 65536",
        "65537, 131072",
        "1000000, 1048576",
        "16777216, 16777216",
        "16777217, 16777216",
        "9223372036854775807, 16777216"
    })
    void is_the_next_power_of_two_within_bounds(long bytes, int size) {
        assertThat(RecordRing.size(bytes)).isEqualTo(size);
    }
}
