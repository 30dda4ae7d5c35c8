package io.probeunit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real FIFO, since it is the kernel's behaviour that matters. */
@Timeout(20)
class LocalFifoTest {

    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final LocalHost host = new LocalHost();

    @TempDir
    private Path folder;

    private Path path;
    private FifoWriter fifo;

    @BeforeEach
    void makeFifo() throws InterruptedException {
        path = folder.resolve("fifo");
        assertThat(host.start(Command.of("mkfifo", path.toString())).await(LONG))
                .hasValue(0);
        fifo = host.files().fifo(path.toString());
    }

    @Test
    void a_message_waits_for_its_reader_and_arrives_whole() throws Exception {
        byte[] message = "x".repeat(4096).getBytes(StandardCharsets.US_ASCII);
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> fifo.write(message, LONG));

        Thread.sleep(50);
        assertThat(written).isNotDone();

        assertThat(Files.readAllBytes(path)).isEqualTo(message);
        written.get();
    }

    /** As SystemTap reads: opens, reads up to the end, closes, answers, and opens again. */
    @Test
    void messages_that_wait_for_the_answer_arrive_one_by_one() throws Exception {
        int messages = 500;
        List<String> answers = new ArrayList<>();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < messages; i++) {
                String message = read();
                synchronized (answers) {
                    answers.add(message);
                    answers.notifyAll();
                }
            }
        });

        for (int i = 0; i < messages; i++) {
            fifo.write(String.valueOf(i).getBytes(StandardCharsets.US_ASCII), LONG);
            synchronized (answers) {
                while (answers.size() <= i) {
                    answers.wait();
                }
                assertThat(answers.get(i)).isEqualTo(String.valueOf(i));
            }
        }
        reader.get();
    }

    @Test
    void closing_releases_who_waits_and_refuses_who_comes_later() throws Exception {
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> fifo.write(new byte[1], LONG));
        Thread.sleep(20);

        fifo.close();

        assertThat(written)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(HostException.class)
                .withMessage("The reader of the FIFO %s has ended.", path);
        assertThatExceptionOfType(HostException.class).isThrownBy(() -> fifo.write(new byte[1], LONG));
    }

    @Test
    void a_reader_that_never_comes_is_not_waited_for_longer_than_said() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> fifo.write(new byte[1], SHORT))
                .withMessage("Nobody opened the FIFO %s for reading within 100 ms.", path);
    }

    @Test
    void an_interrupted_thread_writes_all_the_same_and_stays_interrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(() -> {
            Thread.currentThread().interrupt();
            fifo.write(new byte[] {'a'}, LONG);
            return Thread.interrupted();
        });
        Thread.sleep(20);

        assertThat(read()).isEqualTo("a");
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void a_fifo_that_is_gone_is_said_to_be() throws IOException {
        Files.delete(path);

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> fifo.write(new byte[1], LONG))
                .withMessageStartingWith("Could not open the FIFO " + path)
                .extracting(Throwable::getCause, InstanceOfAssertFactories.THROWABLE)
                .isNotNull();
    }

    private String read() {
        try {
            return Files.readString(path, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
