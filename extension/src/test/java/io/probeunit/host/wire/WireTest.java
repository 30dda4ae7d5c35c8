package io.probeunit.host.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both sides in one JVM, over streams in memory. */
@Timeout(30)
class WireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ByteQueue questions = new ByteQueue();
    private final ByteQueue answers = new ByteQueue();
    private final Context context = new Context();
    private final Ears ears = new Ears();
    private final WireClient<Message> client =
            new WireClient<>(Ask.class, Message.class, answers, into(questions), ears);

    @AfterEach
    void end() {
        questions.end();
        answers.end();
    }

    @Test
    void eachThreadGetsItsOwnAnswer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> doubled = IntStream.range(0, 200)
                .mapToObj(i -> threads.submit(() -> client.ask(new Ask.Twice(i), PATIENCE)))
                .toList();

        for (int i = 0; i < doubled.size(); i++) {
            assertThat(doubled.get(i).get()).isEqualTo(2 * i);
        }
        threads.shutdown();
    }

    @Test
    void whatIsThrownThereIsSaidHere() {
        assertThatThrownBy(() -> client.ask(new Ask.Fail("no such file: a b"), PATIENCE))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.isEnded()).isFalse())
                .hasMessage("no such file: a b");
    }

    @Test
    void whatWasSaidBeforeAnAnswerIsHeardBeforeIt() {
        for (int i = 1; i <= 500; i++) {
            client.ask(new Ask.Tell(i), PATIENCE);
            assertThat(ears.heard).hasSize(i).endsWith(new Message.Told(i));
        }
    }

    @Test
    void aQuestionThatHangsDoesNotHinderOthers() {
        Thread hanging = new Thread(() -> client.ask(new Ask.Hang(), PATIENCE));
        hanging.start();

        assertThat(client.ask(new Ask.Twice(4), PATIENCE)).isEqualTo(8);
        context.release.countDown();
    }

    @Test
    void whoWaitsLearnsOfTheEnd() throws InterruptedException {
        Thread ending = new Thread(() -> {
            awaitQuietly(context.hanging);
            answers.end();
        });
        ending.start();

        assertThatThrownBy(() -> client.ask(new Ask.Hang(), PATIENCE))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.isEnded()).isTrue())
                .hasMessage("it is over");
        assertThat(client.isAlive()).isFalse();
        assertThatThrownBy(() -> client.ask(new Ask.Twice(1), PATIENCE)).hasMessage("it is over");
        ending.join();
    }

    @Test
    void whateverEndsTheReadingIsTheEnd() {
        ears.broken = true;

        assertThatThrownBy(() -> client.ask(new Ask.Tell(1), PATIENCE))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.isEnded()).isTrue())
                .hasMessage("it is over");
        assertThat(client.isAlive()).isFalse();
    }

    @Test
    void theServerEndsWhenItIsToldSo() throws InterruptedException {
        client.end();

        context.serving.join();
    }

    @Test
    void noAnswerInTime() {
        assertThatThrownBy(() -> client.ask(new Ask.Hang(), Duration.ofMillis(20)))
                .hasMessageContaining("Hang")
                .hasMessageContaining("not answered");
    }

    @Test
    void anInterruptedThreadGetsItsAnswerAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(client.ask(new Ask.Twice(3), PATIENCE)).isEqualTo(6);
        assertThat(Thread.interrupted()).isTrue();
    }

    sealed interface Ask<A> extends Question<Context, A> {
        record Twice(int number) implements Ask<Integer> {
            @Override
            public Integer answer(Context context) {
                return 2 * number;
            }
        }

        record Fail(String why) implements Ask<Boolean> {
            @Override
            public Boolean answer(Context context) {
                throw new IllegalStateException(why);
            }
        }

        record Tell(int number) implements Ask<List<String>> {
            @Override
            public List<String> answer(Context context) {
                context.server.say(new Message.Told(number));
                return List.of("told");
            }
        }

        record Hang() implements Ask<Boolean> {
            @Override
            public Boolean answer(Context context) {
                context.hanging.countDown();
                awaitQuietly(context.release);
                return true;
            }
        }
    }

    sealed interface Message {
        record Told(int number) implements Message {}
    }

    private final class Context {
        private final CountDownLatch hanging = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final WireServer<Context, Message> server;
        private final Thread serving;

        @SuppressWarnings("unchecked") // the class of a type with arguments
        Context() {
            server = new WireServer<>((Class<Ask<?>>) (Class<?>) Ask.class, Message.class, into(answers));
            serving = new Thread(() -> server.serve(questions, this));
            serving.setDaemon(true);
            serving.start();
        }
    }

    private static final class Ears implements WireClient.Listener<Message> {
        private final List<Message> heard = new CopyOnWriteArrayList<>();
        private volatile boolean broken;

        @Override
        public void said(Message message) {
            if (broken) {
                throw new OutOfMemoryError("a test's");
            }
            heard.add(message);
        }

        @Override
        public String ended() {
            return "it is over";
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OutputStream into(ByteQueue queue) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                queue.put(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                queue.put(Arrays.copyOfRange(bytes, offset, offset + length));
            }
        };
    }
}
