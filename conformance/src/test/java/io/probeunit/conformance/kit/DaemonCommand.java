package io.probeunit.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import org.testcontainers.DockerClientFactory;

/** A command that the daemon runs in a container that Testcontainers does not know. */
final class DaemonCommand {

    private DaemonCommand() {}

    /** Runs it to its end, which must be a good one; what it wrote to its standard output. */
    static String output(String container, String... command) {
        DockerClient docker = DockerClientFactory.instance().client();
        String id = docker.execCreateCmd(container)
                .withCmd(command)
                .withAttachStdout(true)
                .exec()
                .getId();
        Output output = new Output();
        try {
            docker.execStartCmd(id).exec(output).awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(docker.inspectExecCmd(id).exec().getExitCodeLong())
                .as("The exit code of %s in %s: %s", String.join(" ", command), container, output.text)
                .isZero();
        return output.text.toString();
    }

    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final StringBuffer text = new StringBuffer();

        @Override
        public void onNext(Frame frame) {
            text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
        }
    }
}
