package io.probeunit.host.wire;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The side that answers, each question on a thread of its own.
 *
 * <p>An empty line is the end, as the end of the stream is: not every stream can be ended in one direction.
 *
 * <p>A line is a number and words: that of the question with its answer, or 0 with a message. What was said before an
 * answer is heard before it.
 *
 * @param <C> what answers are found from
 * @param <M> the sealed interface of the messages that go out unasked
 */
public final class WireServer<C, M> {

    static final long UNASKED = 0;
    static final String ANSWERED = "ok ";
    static final String REFUSED = "no ";

    private static final int BUFFER = 1 << 16;

    private final Class<? extends Question<C, ?>> questions;
    private final Class<M> messages;
    private final OutputStream output;

    /**
     * Creates the side; nothing is read yet.
     *
     * @param questions the sealed interface of all questions
     * @param messages the sealed interface of all messages
     * @param output what the other side hears
     */
    public WireServer(Class<? extends Question<C, ?>> questions, Class<M> messages, OutputStream output) {
        this.questions = questions;
        this.messages = messages;
        this.output = new BufferedOutputStream(output, BUFFER);
    }

    /**
     * Answers until the other side has ended, or says that it will ask no more.
     *
     * @param input what the other side says
     * @param context what answers are found from; what is thrown meanwhile goes to the other side as a refusal
     */
    public void serve(InputStream input, C context) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "probeunit-answer");
            thread.setDaemon(true);
            return thread;
        });
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                String asked = line;
                threads.execute(() -> answer(asked, context));
            }
        } catch (IOException otherSideIsGone) {
            // as if it had said that it ends
        } finally {
            threads.shutdown();
        }
    }

    /**
     * Says something unasked. It may stay here until it is flushed, or an answer follows.
     *
     * @param message the message
     */
    public void say(M message) {
        put(UNASKED + " " + WireText.write(message, messages), false);
    }

    /** Lets the other side hear what was said. */
    public void flush() {
        synchronized (output) {
            try {
                output.flush();
            } catch (IOException otherSideIsGone) {
                // nobody is left to hear it
            }
        }
    }

    private void answer(String line, C context) {
        int blank = line.indexOf(' ');
        String number = line.substring(0, blank);
        String words;
        try {
            Question<C, ?> question = questions.cast(WireText.read(line.substring(blank + 1), questions));
            words = ANSWERED + WireText.write(question.answer(context), question.type());
        } catch (RuntimeException | LinkageError e) {
            words = REFUSED + WireText.write(String.valueOf(e.getMessage()), String.class);
        }
        put(number + " " + words, true);
    }

    private void put(String line, boolean now) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (output) {
            try {
                output.write(bytes);
                if (now) {
                    output.flush();
                }
            } catch (IOException otherSideIsGone) {
                // nobody is left to hear it
            }
        }
    }
}
