package io.probeunit.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of a container through its daemon (Docker Engine API, {@code GET /containers/ID/archive}): also for a
 * container that has ended, for a daemon on another machine, and for a user who may not look into the container's
 * {@code /proc}.
 *
 * <p>The daemon sees the image, later changes, volumes and bind mounts, but neither {@code /proc} nor a tmpfs. It
 * follows links within the container, except in the last name of a path. Thread-safe.
 */
public final class ContainerArchive {

    /** Larger files go through a temporary file. */
    private static final long MOST_IN_MEMORY = 64L << 20;

    private final String containerId;
    private final DockerClient client;

    ContainerArchive(String containerId, DockerClient client) {
        this.containerId = containerId;
        this.client = client;
    }

    /**
     * Reads what is at a path.
     *
     * @param path absolute, without {@code ..}
     * @return empty if there is nothing, or the container was removed
     * @throws DockerAccessException if the daemon does not answer, or fails
     */
    public Optional<ArchiveEntry> entry(String path) {
        try (InputStream answer =
                        client.copyArchiveFromContainerCmd(containerId, path).exec();
                TarArchiveInputStream archive = new TarArchiveInputStream(answer)) {
            TarArchiveEntry first = archive.getNextEntry();
            return first == null ? Optional.empty() : Optional.of(entry(first, archive));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            if (String.valueOf(e.getMessage()).contains("not a directory")) {
                return Optional.empty();
            }
            throw new DockerAccessException(
                    "The Docker daemon did not give %s of the container %s (PU0816): %s"
                            .formatted(path, containerId, e.getMessage()),
                    e);
        }
    }

    private static ArchiveEntry entry(TarArchiveEntry entry, InputStream content) throws IOException {
        if (entry.isSymbolicLink()) {
            return new ArchiveEntry.Link(entry.getLinkName());
        }
        if (!entry.isFile()) {
            return new ArchiveEntry.Other(entry.isDirectory() ? "a folder" : "no regular file");
        }
        if (entry.getSize() > Integer.MAX_VALUE) {
            throw new IOException("it is larger than 2 GiB");
        }
        return new ArchiveEntry.File(
                entry.getSize() > MOST_IN_MEMORY
                        ? mapped(content)
                        : ByteBuffer.wrap(content.readAllBytes()).asReadOnlyBuffer());
    }

    private static ByteBuffer mapped(InputStream content) throws IOException {
        Path file = Files.createTempFile("probeunit-", ".binary");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                content.transferTo(out);
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            }
        } finally {
            // on Linux a mapping outlives the name of its file
            Files.deleteIfExists(file);
        }
    }
}
