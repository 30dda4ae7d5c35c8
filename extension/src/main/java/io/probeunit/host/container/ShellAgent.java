package io.probeunit.host.container;

import io.probeunit.host.HostException;
import io.probeunit.host.wire.LastWords;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shell that answers requests, one after the other: the script {@code agent.sh}. Thread-safe.
 *
 * <p>A thread that is interrupted waits for its answer all the same, and stays interrupted: answers are quick.
 */
final class ShellAgent implements AutoCloseable {

    /** An answer takes some milliseconds; this is for a machine that is far from idle. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As long as the script waits for the tools beside it, and some more. */
    private static final Duration ORDERLY = Duration.ofSeconds(65);

    private static final String READY = "ready ";

    private final Channel channel;
    private final String place;
    private final InputStream answers;
    private final LastWords errors = new LastWords();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final CompletableFuture<String> greeting = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile CompletableFuture<Answer> asked = new CompletableFuture<>();

    /**
     * What came of a request.
     *
     * @param status 0 where all went well
     * @param bytes what was printed, or complained of
     */
    record Answer(int status, byte[] bytes) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * Takes a connection over.
     *
     * @param place what the shell runs in, for messages
     */
    ShellAgent(Channel channel, String place) {
        this.channel = channel;
        this.place = place;
        this.answers = new BufferedInputStream(channel.output());
        daemon("probeunit-shell-answers", this::read);
        daemon("probeunit-shell-errors", this::readErrors);
    }

    /**
     * Waits for the first line.
     *
     * @return the words behind {@code ready}
     * @throws HostException if something else was said, which follows
     */
    String[] greeting() {
        String line = await(greeting);
        if (!line.startsWith(READY)) {
            throw new HostException(
                    "Our tools cannot run in %s: %s. Its image must have sh, coreutils, grep, mount, util-linux and SystemTap for host CONTAINER; or set the host to SIDECAR or LOCAL."
                            .formatted(
                                    place,
                                    line.replaceFirst("^failed ", "").strip().replaceFirst("\\.$", "")));
        }
        return line.substring(READY.length()).split(" ", -1);
    }

    boolean isAlive() {
        return !end.isDone();
    }

    /** Runs something when the shell has ended. */
    void onEnd(Runnable action) {
        end.thenRun(action);
    }

    /** Calls a function of the script. */
    Answer ask(String function, String... arguments) {
        return request(new byte[0], call(function, arguments));
    }

    /** Calls a function of the script that takes some bytes. */
    Answer ask(byte[] content, String function, String... arguments) {
        return request(content, "take %d; %s".formatted(content.length, call(function, arguments)));
    }

    private static String call(String function, String... arguments) {
        return Stream.concat(
                        Stream.of("answer", function), Arrays.stream(arguments).map(ShellText::quoted))
                .collect(Collectors.joining(" "));
    }

    private Answer request(byte[] content, String line) {
        turn.lock();
        try {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            asked = answer;
            if (end.isDone()) {
                throw gone();
            }
            channel.input().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            channel.input().write(content);
            channel.input().flush();
            return await(answer);
        } catch (IOException e) {
            throw gone();
        } finally {
            turn.unlock();
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw gone();
        } catch (TimeoutException e) {
            // an answer that comes later would be taken for that to another request
            channel.close();
            throw new HostException(
                    "The shell in %s did not answer within %d s.".formatted(place, PATIENCE.toSeconds()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HostException gone() {
        String words = errors.text();
        return new HostException(
                "The shell in %s has ended%s".formatted(place, words.isEmpty() ? "." : ". Its last words: " + words));
    }

    private void read() {
        try {
            greeting.complete(line());
            while (true) {
                String[] words = line().split(" ");
                int length = Integer.parseInt(words[1].strip());
                byte[] bytes = answers.readNBytes(length);
                if (bytes.length < length) {
                    throw new IOException("the answer was cut short");
                }
                asked.complete(new Answer(Integer.parseInt(words[0]), bytes));
            }
        } catch (IOException | RuntimeException ended) {
            // who asks is told that it has, and its last words
        } finally {
            // after an error too: each question would wait its whole time
            tellEnd();
        }
    }

    private void tellEnd() {
        IOException ended = new IOException("nothing reads the shell's answers any more");
        end.complete(null);
        greeting.completeExceptionally(ended);
        asked.completeExceptionally(ended);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = answers.read(); b != '\n'; b = answers.read()) {
            if (b < 0) {
                throw new IOException("the shell ended");
            }
            line.append((char) b);
        }
        return line.toString();
    }

    private void readErrors() {
        try (InputStream stream = channel.errors()) {
            byte[] buffer = new byte[4096];
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                errors.add(Arrays.copyOf(buffer, n));
            }
        } catch (IOException ended) {
            // what was read is what there is
        }
    }

    /** Lets the shell end in order, for which it waits for the tools beside it; not for ever. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (isAlive()) {
                channel.input().write("break\n".getBytes(StandardCharsets.US_ASCII));
                channel.input().flush();
                end.get(ORDERLY.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException e) {
            // then it ends with the connection
        } finally {
            turn.unlock();
            channel.close();
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
