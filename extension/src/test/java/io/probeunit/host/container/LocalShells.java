package io.probeunit.host.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The shell of this machine instead of one in a container. */
final class LocalShells implements Channels {

    /** A shell that answers requests, with a folder for what it holds. */
    static ShellAgent agent(String folder) {
        return new ShellAgent(
                new LocalShells().open(List.of("sh", "-c", Scripts.AGENT, "sh", "name", "", "", folder)), "a test");
    }

    /**
     * A program beside it.
     *
     * @param words the program, variables, and the program with its arguments
     */
    static ShellProcess process(String folder, String... words) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", Scripts.PROCESS, "sh", "", folder, ""));
        command.addAll(List.of(words));
        return new ShellProcess(new LocalShells().open(command), words[0]);
    }

    @Override
    public Channel open(List<String> command) {
        try {
            return new LocalChannel(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record LocalChannel(Process process) implements Channel {
        @Override
        public OutputStream input() {
            return process.getOutputStream();
        }

        @Override
        public InputStream output() {
            return process.getInputStream();
        }

        @Override
        public InputStream errors() {
            return process.getErrorStream();
        }

        @Override
        public OptionalInt exitCode() {
            try {
                return process.waitFor(10, TimeUnit.SECONDS)
                        ? OptionalInt.of(process.exitValue())
                        : OptionalInt.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return OptionalInt.empty();
            }
        }

        @Override
        public void close() {
            try {
                process.getOutputStream().close();
            } catch (IOException closedBefore) {
                // as it should be
            }
        }
    }
}
