package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.host.Command;
import io.probeunit.host.FifoWriter;
import io.probeunit.host.HostException;
import io.probeunit.host.LocalHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real FIFO and the shell of this machine. */
@Timeout(60)
class ShellFifoTest {

    private static final Duration LONG = Duration.ofSeconds(15);
    private static final byte[] MESSAGE = {'a'};

    @TempDir
    private Path folder;

    private Path path;
    private ShellAgent shell;
    private FifoWriter fifo;

    @BeforeEach
    void makeFifo() throws InterruptedException {
        path = folder.resolve("fi'fo");
        assertThat(new LocalHost().start(Command.of("mkfifo", path.toString())).await(LONG))
                .hasValue(0);
        shell = LocalShells.agent(folder.toString());
        fifo = new ShellFiles(shell).fifo(path.toString());
    }

    @AfterEach
    void end() {
        shell.close();
    }

    @Test
    void a_message_waits_for_its_reader_and_the_shell_answers_others_meanwhile() throws Exception {
        String message = "x'".repeat(2048);
        CompletableFuture<Void> written =
                CompletableFuture.runAsync(() -> fifo.write(message.getBytes(StandardCharsets.US_ASCII), LONG));

        assertThat(new ShellFiles(shell).exists("/proc")).isTrue();
        Thread.sleep(50);
        assertThat(written).isNotDone();

        assertThat(read()).isEqualTo(message);
        written.get();
    }

    /** As SystemTap reads: opens, reads up to the end, closes, answers, and opens again. */
    @Test
    void messages_that_wait_for_the_answer_arrive_one_by_one() throws Exception {
        int messages = 200;
        SynchronousQueue<String> answers = new SynchronousQueue<>();
        CompletableFuture<Void> reader =
                CompletableFuture.runAsync(() -> IntStream.range(0, messages).forEach(i -> {
                    try {
                        answers.put(read());
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));

        for (int i = 0; i < messages; i++) {
            fifo.write(String.valueOf(i).getBytes(StandardCharsets.US_ASCII), LONG);
            assertThat(answers.take()).isEqualTo(String.valueOf(i));
        }
        reader.get();
    }

    @Test
    void closing_releases_who_waits() throws Exception {
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> fifo.write(MESSAGE, LONG));
        Thread.sleep(20);

        fifo.close();

        assertThat(written)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .withMessage("The reader of the FIFO %s has ended.", path);
    }

    @Test
    void a_reader_that_never_comes_is_not_waited_for_longer_than_said() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> fifo.write(MESSAGE, Duration.ofMillis(100)))
                .withMessage("Nobody opened the FIFO %s for reading within 100 ms.", path);
    }

    @Test
    void what_is_no_fifo_or_gone_is_said_to_be_and_not_made() throws IOException {
        Files.delete(path);

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> fifo.write(MESSAGE, LONG))
                .withMessageContaining("there is no such FIFO");
        assertThat(path).doesNotExist();
    }

    private String read() {
        try {
            return Files.readString(path, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
