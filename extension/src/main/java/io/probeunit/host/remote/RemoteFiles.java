package io.probeunit.host.remote;

import io.probeunit.host.FifoWriter;
import io.probeunit.host.FileIdentity;
import io.probeunit.host.FilePiece;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Files of another host. */
final class RemoteFiles implements HostFiles {

    private final RemoteHost host;

    RemoteFiles(RemoteHost host) {
        this.host = host;
    }

    @Override
    public boolean exists(String path) {
        return host.ask(new HostQuestion.Exists(path));
    }

    @Override
    public boolean isRegularFile(String path) {
        return host.ask(new HostQuestion.IsRegularFile(path));
    }

    @Override
    public boolean isFolder(String path) {
        return host.ask(new HostQuestion.IsFolder(path));
    }

    @Override
    public Optional<String> link(String path) {
        return host.ask(new HostQuestion.Link(path));
    }

    @Override
    public Optional<FileIdentity> identity(String path) {
        return host.ask(new HostQuestion.Identity(path));
    }

    @Override
    public List<Optional<FileIdentity>> identities(List<String> paths) {
        return host.ask(new HostQuestion.Identities(paths));
    }

    @Override
    public Optional<Instant> changed(String path) {
        return host.ask(new HostQuestion.Changed(path)).map(Instant::parse);
    }

    @Override
    public void createLink(String path, String target) {
        host.ask(new HostQuestion.CreateLink(path, target));
    }

    @Override
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /** A host that is gone is no file that is not there. */
    @Override
    public Optional<String> textIfThere(String path) {
        try {
            return Optional.of(text(path));
        } catch (HostException e) {
            if (!Connection.isRefusal(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public byte[] bytes(String path) {
        return host.ask(new HostQuestion.Bytes(path));
    }

    @Override
    public Optional<byte[]> part(String path, long offset, int length) {
        return host.ask(new HostQuestion.Part(path, offset, length));
    }

    @Override
    public FilePiece piece(String path, long offset, int length) {
        return host.ask(new HostQuestion.Piece(path, offset, length));
    }

    @Override
    public List<String> list(String path) {
        return host.ask(new HostQuestion.Names(path));
    }

    @Override
    public void write(String path, byte[] content) {
        host.ask(new HostQuestion.Write(path, content));
    }

    @Override
    public void append(String path, byte[] content) {
        host.ask(new HostQuestion.Append(path, content));
    }

    @Override
    public FifoWriter fifo(String path) {
        Connection connection = host.connection();
        return new Fifo(connection, connection.ask(new HostQuestion.OpenFifo(path)));
    }

    @Override
    public void createFolder(String path) {
        host.ask(new HostQuestion.CreateFolder(path));
    }

    @Override
    public void delete(String path) {
        host.ask(new HostQuestion.Delete(path));
    }

    /** A FIFO belongs to one agent, as its reader does. */
    private record Fifo(Connection connection, long number) implements FifoWriter {

        @Override
        public void write(byte[] message, Duration patience) {
            connection.ask(new HostQuestion.WriteFifo(number, message, patience.toNanos()), patience);
        }

        @Override
        public void close() {
            // nothing is left to close where the agent is gone
            if (connection.isAlive()) {
                connection.ask(new HostQuestion.CloseFifo(number));
            }
        }
    }
}
