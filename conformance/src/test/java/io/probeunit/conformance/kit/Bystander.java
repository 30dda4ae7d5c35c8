package io.probeunit.conformance.kit;

import io.probeunit.conformance.truth.Answer;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The truth program in a process that belongs to no container that is probed. */
public interface Bystander extends AutoCloseable {

    /**
     * Starts one that maps the very file which a container runs: as a process of this machine where this JVM may reach
     * that file, which takes root; else in a container of its own, which can reach it too.
     */
    static Bystander ofTheFileOf(TruthContainer container, String build, String request) {
        Path file = Path.of("/proc/%d/root%s".formatted(container.pid(), build));
        return Files.isExecutable(file)
                ? HostProgram.start(file, request)
                : ContainedProgram.start(container.getDockerImageName(), file, request);
    }

    /** Waits for its end; what it did. */
    Answer answer();

    @Override
    void close();
}
