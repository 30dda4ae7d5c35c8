package io.probeunit.conformance.kit;

import io.probeunit.conformance.truth.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

/** The truth program in a privileged container that sees the processes of its machine, and their files. */
final class ContainedProgram implements Bystander {

    private final GenericContainer<?> container;
    private final String request;

    private ContainedProgram(GenericContainer<?> container, String request) {
        this.container = container;
        this.request = request;
    }

    /** Starts a program, by its path as such a container sees it, with one request. */
    static ContainedProgram start(String image, Path program, String request) {
        List<String> command = new ArrayList<>(List.of(request.split(" ")));
        command.add(0, program.toString());
        GenericContainer<?> container = new GenericContainer<>(image)
                .withPrivilegedMode(true)
                .withCreateContainerCmdModifier(create -> create.getHostConfig().withPidMode("host"))
                .withCommand(command.toArray(String[]::new));
        container.start();
        return new ContainedProgram(container, request);
    }

    @Override
    public Answer answer() {
        container
                .getDockerClient()
                .waitContainerCmd(container.getContainerId())
                .start()
                .awaitStatusCode();
        return Answer.parse(request, container.getLogs());
    }

    @Override
    public void close() {
        container.stop();
    }
}
