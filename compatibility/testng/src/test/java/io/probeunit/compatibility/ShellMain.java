package io.probeunit.compatibility;

import io.probeunit.Probes;
import io.probeunit.Recording;
import org.testcontainers.containers.GenericContainer;

/** Counts without any test framework. */
public final class ShellMain {

    private ShellMain() {}

    public static void main(String[] args) throws Exception {
        try (GenericContainer<?> shell =
                new GenericContainer<>("debian:bookworm-slim").withCommand("sleep", "infinity")) {
            shell.start();
            Recording recording = Probes.on(shell)
                    .binary("/usr/bin/bash")
                    .function("echo_builtin")
                    .record(() -> shell.execInContainer("bash", "-c", "for i in 1 2 3; do echo $i; done"));
            System.out.printf(
                    "echo_builtin fired %d times, counted by %s%n",
                    recording.function("echo_builtin").count(), recording.engine());
        }
    }
}
