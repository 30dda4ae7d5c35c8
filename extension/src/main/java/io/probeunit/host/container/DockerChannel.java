package io.probeunit.host.container;

import io.probeunit.docker.ContainerExec;
import io.probeunit.docker.DockerAccessException;
import io.probeunit.docker.DockerContainer;
import io.probeunit.docker.StreamListener;
import io.probeunit.host.HostException;
import io.probeunit.host.wire.ByteQueue;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** A process that the daemon started in a container. */
final class DockerChannel implements Channel, StreamListener {

    private final ByteQueue input = new ByteQueue();
    private final ByteQueue output = new ByteQueue();
    private final ByteQueue errors = new ByteQueue();
    private final ContainerExec process;

    /**
     * Starts it.
     *
     * @throws HostException if the daemon does not
     */
    DockerChannel(DockerContainer container, List<String> command) {
        try {
            process = container.exec(command, input, this);
        } catch (DockerAccessException e) {
            // the daemon may have started it, and a thread of the connection may read this
            input.end();
            throw new HostException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                input.put(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                input.put(Arrays.copyOfRange(bytes, offset, offset + length));
            }
        };
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public InputStream errors() {
        return errors;
    }

    @Override
    public OptionalInt exitCode() {
        try {
            return process.exitCode();
        } catch (DockerAccessException notTold) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void output(byte[] bytes) {
        output.put(bytes);
    }

    @Override
    public void errors(byte[] bytes) {
        errors.put(bytes);
    }

    @Override
    public void ended() {
        output.end();
        errors.end();
    }

    @Override
    public void close() {
        input.end();
        process.close();
        ended();
    }
}
