package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.host.HostException;
import io.probeunit.host.wire.ByteQueue;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a shell; what it answers is seen in the tests of files. */
@Timeout(20)
class ShellAgentTest {

    private final ByteQueue heard = new ByteQueue();

    @Test
    void whatever_ends_the_reading_of_answers_is_the_end() {
        ShellAgent shell = new ShellAgent(new Breaking(), "a test");
        AtomicBoolean told = new AtomicBoolean();
        shell.onEnd(() -> told.set(true));
        assertThat(shell.greeting()).startsWith("1");

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> shell.ask("link", "/proc/self"))
                .withMessage("The shell in a test has ended.");

        await().untilTrue(told);
        assertThat(shell.isAlive()).isFalse();
    }

    /** Its answers cannot be read: there is no memory left. */
    private final class Breaking implements Channel {

        private final ByteQueue greeting = new ByteQueue();

        private Breaking() {
            greeting.put("ready 1 x86_64 \n".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public OutputStream input() {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    heard.put(new byte[] {(byte) b});
                }
            };
        }

        @Override
        public InputStream output() {
            return new FilterInputStream(greeting) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    if (greeting.available() == 0) {
                        heard.read();
                        throw new OutOfMemoryError("a test's");
                    }
                    return super.read(into, offset, length);
                }
            };
        }

        @Override
        public InputStream errors() {
            return InputStream.nullInputStream();
        }

        @Override
        public OptionalInt exitCode() {
            return OptionalInt.empty();
        }

        @Override
        public void close() {
            heard.end();
        }
    }
}
