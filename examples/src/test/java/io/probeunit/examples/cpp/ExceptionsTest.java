package io.probeunit.examples.cpp;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Exceptions are for what is exceptional: an ordinary request throws none, caught or not. */
@Testcontainers
class ExceptionsTest {

    @Container
    @Probed(binary = "libstdc++.so.6")
    static final GenericContainer<?> prices = new GenericContainer<>(
                    new ImageFromDockerfile("probeunit-examples/prices", false).withFileFromClasspath(".", "cpp"))
            .withExposedPorts(8080)
            .waitingFor(Wait.forLogMessage("OPEN\n", 1));

    @Test
    @ExpectMark(value = "libstdcxx:throw", times = 0)
    void anOrdinaryRequestThrowsNothing() throws IOException {
        assertThat(ask("PRICE 12 apple")).isEqualTo("300");
    }

    @Test
    @ExpectMark(value = "libstdcxx:throw", times = 1)
    @ExpectMark(value = "libstdcxx:catch", times = 1)
    void anUnknownThingIsExceptional() throws IOException {
        assertThat(ask("PRICE 12 plum")).isEqualTo("UNKNOWN plum");
    }

    @Test
    @ProbeMark("libstdcxx:throw")
    @ProbeMark("libstdcxx:catch")
    void throwsWhatItsLogSays(Recording recording) throws IOException {
        ask("PRICE 1 apple");
        ask("PRICE many apple");
        ask("PRICE 1 fig");

        await().untilAsserted(() ->
                assertThat(prices.getLogs()).contains("CAUGHT invalid_argument many", "CAUGHT out_of_range fig"));
        assertThat(recording).mark("throw").firedTimes(2);
        assertThat(recording).firedInOrder("throw", "catch", "throw", "catch");
    }

    @Test
    void failsIfAnOrdinaryRequestThrows() {
        Failures.of(NothingIsExceptional.class).isShownIn("docs/examples/cpp-exceptions.md");
    }

    static class NothingIsExceptional {
        @Probed(binary = "libstdc++.so.6")
        static final GenericContainer<?> prices = ExceptionsTest.prices;

        @Test
        @ExpectMark(value = "libstdcxx:throw", times = 0)
        void anOrdinaryRequestThrowsNothing() throws IOException {
            ask("PRICE 12 plum");
        }
    }

    private static String ask(String request) throws IOException {
        try (Socket socket = new Socket(prices.getHost(), prices.getMappedPort(8080))) {
            socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }
}
