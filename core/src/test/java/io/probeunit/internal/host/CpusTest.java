package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpusTest {

    @Test
    void possible_cpus_are_counted_up_to_the_last() {
        assertThat(Cpus.count("0\n")).isEqualTo(1);
        assertThat(Cpus.count("0-3\n")).isEqualTo(4);
        assertThat(Cpus.count("0-3,8-11\n")).isEqualTo(12);
        assertThat(Cpus.count("0,2\n")).isEqualTo(3);
    }
}
