package io.probeunit.compatibility

import io.probeunit.Probes
import io.probeunit.Recording
import io.probeunit.annotations.ExpectFunction
import io.probeunit.annotations.Probed
import io.probeunit.assertj.ProbeAssertions.assertThat
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.testcontainers.containers.GenericContainer
import org.testcontainers.junit.jupiter.Container
import org.testcontainers.junit.jupiter.Testcontainers

@Testcontainers
class ShellTest {

    @Test
    @ExpectFunction(value = "echo_builtin", times = 3)
    @ExpectFunction(value = "printf_builtin", times = 0)
    fun counts(recording: Recording) {
        assertThat(say(3)).isEqualTo(3)
        assertThat(recording).function("echo_builtin").firedTimes(3)
    }

    @Test
    fun `probes in code count too`() {
        val recording = Probes.on(shell)
            .function("echo_builtin") { it.`in`("/usr/bin/bash").onReturn().capture("return:s32") }
            .record<Exception> { say(2) }
        assertThat(recording).function("echo_builtin").firedTimes(2)
    }

    /** How often it said something. */
    private fun say(times: Int): Int =
        shell.execInContainer("bash", "-c", "for ((i = 0; i < $times; i++)); do echo \$i; done").stdout.lines().count { it.isNotEmpty() }

    companion object {
        @Container
        @Probed(binary = "/usr/bin/bash")
        @JvmField
        val shell: GenericContainer<*> = GenericContainer("debian:bookworm-slim").withCommand("sleep", "infinity")
    }
}
