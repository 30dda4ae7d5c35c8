package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Throws frames at helper.c, built with sanitizers: {@code src/test/c/fuzz.c} says what must hold. */
@EnabledOnOs(OS.LINUX)
class HelperFuzzTest {

    private static final int NO_COMPILER = 3;

    @Test
    @Timeout(300)
    void does_what_a_frame_asks_for_and_nothing_else() throws Exception {
        Process process = new ProcessBuilder("sh", "src/test/c/fuzz", "100000", "20261130")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();

        assumeTrue(
                status != NO_COMPILER || System.getProperty("helper.option", "").equals("--all"), output);
        assertThat(status).as(output).isZero();
        assertThat(output).contains("frames of seed 20261130");
    }
}
