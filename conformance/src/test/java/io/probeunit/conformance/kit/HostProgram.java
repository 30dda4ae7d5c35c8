package io.probeunit.conformance.kit;

import io.probeunit.conformance.truth.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The truth program in a process of this machine, outside of any container. */
public final class HostProgram implements Bystander {

    private final Process process;
    private final String request;

    private HostProgram(Process process, String request) {
        this.process = process;
        this.request = request;
    }

    /** Starts it with one request. */
    public static HostProgram start(Path program, String request) {
        List<String> command = new ArrayList<>(List.of(request.split(" ")));
        command.add(0, program.toString());
        try {
            return new HostProgram(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Answer answer() {
        try {
            return Answer.parse(request, process.inputReader().readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
