package io.probeunit.host.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The side that asks. Any number of threads may ask at once.
 *
 * @param <M> the sealed interface of the messages that come unasked
 */
public final class WireClient<M> {

    private final Class<?> questions;
    private final Class<M> messages;
    private final Listener<M> listener;
    private final OutputStream output;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private volatile Optional<String> end = Optional.empty();

    /**
     * Hears what comes unasked, on the thread that reads.
     *
     * @param <M> the sealed interface of the messages
     */
    public interface Listener<M> {

        /**
         * Takes a message; must be quick.
         *
         * @param message the message
         */
        void said(M message);

        /**
         * Learns that the other side has ended.
         *
         * @return that it has, and why, in a sentence; for everybody who asks it something
         */
        String ended();
    }

    /**
     * Begins to read what the other side says.
     *
     * @param questions the sealed interface of all questions
     * @param messages the sealed interface of all messages
     * @param input what the other side says, ended when there is no other side any more
     * @param output what the other side hears
     * @param listener hears the rest
     */
    public WireClient(
            Class<?> questions, Class<M> messages, InputStream input, OutputStream output, Listener<M> listener) {
        this.questions = questions;
        this.messages = messages;
        this.listener = listener;
        this.output = output;
        Thread reader = new Thread(() -> read(input), "probeunit-wire");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Asks, and waits for the answer. A thread that is interrupted waits all the same, and stays interrupted: answers are
     * quick, and a test that leaves its thread interrupted is judged all the same.
     *
     * @param question the question
     * @param patience how long to wait at most
     * @param <A> the answer's type
     * @return the answer
     * @throws WireException if the other side refuses, has ended, or does not answer in time
     */
    public <A> A ask(Question<?, A> question, Duration patience) {
        long number = numbers.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        try {
            send(number + " " + WireText.write(question, questions));
            return answer(await(answer, question, patience), question.type());
        } finally {
            waiting.remove(number);
        }
    }

    /** Says that nothing more will be asked, on which the other side ends. */
    public void end() {
        try {
            send("");
        } catch (WireException alreadyEnded) {
            // which is what was wanted
        }
    }

    /**
     * Says whether there is another side.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return end.isEmpty();
    }

    private String await(CompletableFuture<String> answer, Question<?, ?> question, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                end.ifPresent(words -> answer.completeExceptionally(WireException.ended(words)));
                try {
                    return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw WireException.ended(String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw WireException.refused("%s was not answered within %d s"
                    .formatted(question.getClass().getSimpleName(), patience.toSeconds()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <A> A answer(String text, Type type) {
        if (text.startsWith(WireServer.REFUSED)) {
            throw WireException.refused(
                    (String) WireText.read(text.substring(WireServer.REFUSED.length()), String.class));
        }
        // the other side wrote it by the same type
        return (A) WireText.read(text.substring(WireServer.ANSWERED.length()), type);
    }

    private void send(String line) {
        synchronized (output) {
            try {
                output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                output.flush();
            } catch (IOException e) {
                throw WireException.ended(end.orElse("It takes no question: " + e.getMessage()));
            }
        }
    }

    private void read(InputStream input) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                receive(line);
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger(WireClient.class.getName())
                    .log(System.Logger.Level.WARNING, "What a helper said is not understood: " + e, e);
        } finally {
            // after an error too: each question would wait its whole time
            tellEnd();
        }
    }

    private void tellEnd() {
        String words = listener.ended();
        end = Optional.of(words);
        waiting.values().forEach(answer -> answer.completeExceptionally(WireException.ended(words)));
    }

    private void receive(String line) {
        int blank = line.indexOf(' ');
        long number = Long.parseLong(line.substring(0, blank));
        String text = line.substring(blank + 1);
        if (number == WireServer.UNASKED) {
            listener.said(messages.cast(WireText.read(text, messages)));
            return;
        }
        // nobody waits for what came too late
        Optional.ofNullable(waiting.get(number)).ifPresent(answer -> answer.complete(text));
    }
}
