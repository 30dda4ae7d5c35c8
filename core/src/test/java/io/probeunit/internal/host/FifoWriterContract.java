package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every host's FIFOs: with real ones, since it is the kernel's behaviour that matters. */
public abstract class FifoWriterContract {

    private static final Duration LONG = Duration.ofSeconds(15);
    private static final byte[] MESSAGE = {'a'};

    @TempDir
    private Path folder;

    private Path path;
    private FifoWriter fifo;

    /** Those of the host under test. */
    protected abstract HostFiles files();

    @BeforeEach
    void makeFifo() throws InterruptedException {
        path = folder.resolve("fi'fo");
        assertThat(new LocalHost().start(Command.of("mkfifo", path.toString())).await(LONG))
                .hasValue(0);
        fifo = files().fifo(path.toString());
    }

    @Test
    void a_message_waits_for_its_reader_while_others_are_answered_and_arrives_whole() throws Exception {
        String message = "x'".repeat(2048);
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> fifo.write(ascii(message), LONG));

        assertThat(files().exists("/proc")).isTrue();
        Thread.sleep(50);
        assertThat(written).isNotDone();

        assertThat(read()).isEqualTo(message);
        written.get();
    }

    /** As SystemTap reads: opens, reads up to the end, closes, answers, and opens again. */
    @Test
    void messages_that_wait_for_the_answer_arrive_one_by_one() throws Exception {
        int messages = 300;
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
            fifo.write(ascii(String.valueOf(i)), LONG);
            assertThat(answers.take()).isEqualTo(String.valueOf(i));
        }
        reader.get();
    }

    @Test
    void closing_releases_who_waits_and_refuses_who_comes_later() throws Exception {
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> fifo.write(MESSAGE, LONG));
        Thread.sleep(20);

        fifo.close();

        assertThat(written)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(HostException.class)
                .withMessage("The reader of the FIFO %s has ended (PU0515).", path);
        assertThatExceptionOfType(HostException.class).isThrownBy(() -> fifo.write(MESSAGE, LONG));
    }

    @Test
    void a_reader_that_never_comes_is_not_waited_for_longer_than_said() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> fifo.write(MESSAGE, Duration.ofMillis(100)))
                .withMessage("Nobody opened the FIFO %s for reading within 100 ms (PU0516).", path);
    }

    @Test
    void an_interrupted_thread_writes_all_the_same_and_stays_interrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(() -> {
            Thread.currentThread().interrupt();
            fifo.write(MESSAGE, LONG);
            return Thread.interrupted();
        });
        Thread.sleep(20);

        assertThat(read()).isEqualTo("a");
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void a_fifo_that_is_gone_is_said_to_be_and_not_made() throws IOException {
        Files.delete(path);

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> fifo.write(MESSAGE, LONG))
                .withMessageStartingWith("Could not ")
                .withMessageContaining(path.toString())
                .withMessageMatching("(?i).*no such.*");
        assertThat(path).doesNotExist();
    }

    private String read() {
        try {
            return Files.readString(path, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
