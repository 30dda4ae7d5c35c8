package io.probeunit.host.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.probeunit.docker.FakeDaemon;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixture: shells in a container that are ready, answer each request with nothing, and end when they are told so. */
public final class FakeShell implements FakeDaemon.Exec {

    private final List<String> agents = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();

    /** The names of the agents that were started. */
    public List<String> agents() {
        return agents;
    }

    /** How many have not ended. */
    public int running() {
        return running.get();
    }

    @Override
    public void start(List<String> command, InputStream input, ResultCallback<Frame> process) {
        // sh -c SCRIPT sh NAME
        agents.add(command.get(4));
        running.incrementAndGet();
        Thread thread = new Thread(() -> run(input, process), "shell");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(InputStream input, ResultCallback<Frame> process) {
        process.onStart(() -> {});
        say(process, "ready 1 x86_64 \n");
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = requests.readLine(); line != null && !line.equals("break"); line = requests.readLine()) {
                say(process, "0 0\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            running.decrementAndGet();
            process.onComplete();
        }
    }

    private static void say(ResultCallback<Frame> process, String text) {
        process.onNext(new Frame(StreamType.STDOUT, text.getBytes(StandardCharsets.UTF_8)));
    }
}
