package io.probeunit.host;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files of the machine that the JVM runs on. */
final class LocalFiles implements HostFiles {

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final LibC libc;

    LocalFiles(LibC libc) {
        this.libc = libc;
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(Path.of(path));
    }

    @Override
    public boolean isRegularFile(String path) {
        return Files.isRegularFile(Path.of(path));
    }

    @Override
    public boolean isFolder(String path) {
        return Files.isDirectory(Path.of(path));
    }

    @Override
    public Optional<String> link(String path) {
        Path link = Path.of(path);
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        return Optional.of(attempt("read the link", path, () -> Files.readSymbolicLink(link))
                .toString());
    }

    @Override
    public Optional<FileIdentity> identity(String path) {
        if (!exists(path)) {
            return Optional.empty();
        }
        Map<String, Object> attributes =
                attempt("look at", path, () -> Files.readAttributes(Path.of(path), "unix:dev,ino"));
        return Optional.of(new FileIdentity(
                ((Number) attributes.get("dev")).longValue(), ((Number) attributes.get("ino")).longValue()));
    }

    @Override
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes(String path) {
        return attempt("read", path, () -> Files.readAllBytes(Path.of(path)));
    }

    @Override
    public ByteBuffer content(String path) {
        return attempt("read", path, () -> {
            try (FileChannel channel = FileChannel.open(Path.of(path), READ)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            }
        });
    }

    @Override
    public List<String> list(String path) {
        return attempt("list", path, () -> names(Path.of(path)));
    }

    @Override
    public void write(String path, byte[] content) {
        attempt("write", path, () -> {
            Path file = Path.of(path);
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
            }
            return Files.write(file, content, CREATE, WRITE, TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        });
    }

    @Override
    public void append(String path, byte[] content) {
        attempt("write to", path, () -> {
            try (FileChannel channel = FileChannel.open(Path.of(path), WRITE)) {
                return channel.write(ByteBuffer.wrap(content));
            }
        });
    }

    @Override
    public FifoWriter fifo(String path) {
        return new LocalFifo(path, libc);
    }

    @Override
    public void createFolder(String path) {
        attempt(
                "create the folder",
                path,
                () -> Files.createDirectories(Path.of(path), PosixFilePermissions.asFileAttribute(OWNER_FOLDER)));
    }

    @Override
    public void delete(String path) {
        attempt("delete", path, () -> {
            deleteTree(Path.of(path));
            return path;
        });
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    private static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (String name : names(path)) {
                deleteTree(path.resolve(name));
            }
        }
        Files.deleteIfExists(path);
    }

    private static <T> T attempt(String what, String path, IoCall<T> call) {
        try {
            return call.run();
        } catch (IOException | UncheckedIOException e) {
            throw new HostException("Could not %s %s: %s".formatted(what, path, reason(e)), e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof NoSuchFileException
                ? "there is no such file"
                : "%s (%s)".formatted(e.getMessage(), e.getClass().getSimpleName());
    }

    private interface IoCall<T> {
        T run() throws IOException;
    }
}
