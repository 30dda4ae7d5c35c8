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
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Files of the machine that the JVM runs on. */
final class LocalFiles implements HostFiles {

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final LibC libc;

    LocalFiles(LibC libc) {
        this.libc = libc;
    }

    /** Not with {@link Files#exists}, which may ask access(2), and that leaves out the capabilities of a user who is not root. */
    @Override
    public boolean exists(String path) {
        Path file = path(path);
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Override
    public boolean isRegularFile(String path) {
        return Files.isRegularFile(path(path));
    }

    @Override
    public boolean isFolder(String path) {
        return Files.isDirectory(path(path));
    }

    @Override
    public Optional<String> link(String path) {
        Path link = path(path);
        if (!Files.isSymbolicLink(link)) {
            return Optional.empty();
        }
        return attempt("read the link", path, () -> {
            try {
                return Optional.of(Files.readSymbolicLink(link).toString());
            } catch (NoSuchFileException ended) {
                // a process that has ended keeps the link to its program, which leads nowhere, until its parent asks
                // for it
                return Optional.empty();
            }
        });
    }

    @Override
    public Optional<FileIdentity> identity(String path) {
        return attempt("look at", path, () -> {
            try {
                Map<String, Object> attributes =
                        Files.readAttributes(path(path), "unix:dev,ino,size,lastModifiedTime,ctime");
                return Optional.of(new FileIdentity(
                        ((Number) attributes.get("dev")).longValue(),
                        ((Number) attributes.get("ino")).longValue(),
                        ((Number) attributes.get("size")).longValue(),
                        ((FileTime) attributes.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                        ((FileTime) attributes.get("ctime")).to(TimeUnit.NANOSECONDS)));
            } catch (IOException e) {
                if (exists(path)) {
                    throw e;
                }
                return Optional.empty();
            }
        });
    }

    @Override
    public Optional<Instant> changed(String path) {
        try {
            return Optional.of(((FileTime) Files.getAttribute(path(path), "unix:ctime")).toInstant());
        } catch (IOException cannotBeTold) {
            return Optional.empty();
        }
    }

    @Override
    public void createLink(String path, String target) {
        attempt("create the link", path, () -> Files.createSymbolicLink(path(path), path(target)));
    }

    @Override
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes(String path) {
        return attempt("read", path, () -> Files.readAllBytes(path(path)));
    }

    @Override
    public Optional<byte[]> part(String path, long offset, int length) {
        ByteBuffer part = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(path(path), READ)) {
            while (part.hasRemaining() && channel.read(part, offset + part.position()) >= 0) {
                // goes on until the buffer is full
            }
            return Optional.of(part.array()).filter(all -> !part.hasRemaining());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    @Override
    public FilePiece piece(String path, long offset, int length) {
        return attempt("read", path, () -> {
            try (FileChannel channel = FileChannel.open(path(path), READ)) {
                ByteBuffer piece = ByteBuffer.allocate(length);
                while (piece.hasRemaining() && channel.read(piece, offset + piece.position()) >= 0) {
                    // goes on until the piece is full, or the file ends
                }
                return new FilePiece(Arrays.copyOf(piece.array(), piece.position()), identity(path));
            }
        });
    }

    @Override
    public List<String> list(String path) {
        return attempt("list", path, () -> names(path(path)));
    }

    @Override
    public void write(String path, byte[] content) {
        attempt("write", path, () -> {
            Path file = path(path);
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
            }
            return Files.write(file, content, CREATE, WRITE, TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        });
    }

    @Override
    public void append(String path, byte[] content) {
        attempt("write to", path, () -> {
            try (FileChannel channel = FileChannel.open(path(path), WRITE)) {
                return channel.write(ByteBuffer.wrap(content));
            }
        });
    }

    @Override
    public FifoWriter fifo(String path) {
        return LocalFifo.at(path, libc);
    }

    @Override
    public void createFolder(String path) {
        attempt(
                "create the folder",
                path,
                () -> Files.createDirectories(path(path), PosixFilePermissions.asFileAttribute(OWNER_FOLDER)));
    }

    @Override
    public void delete(String path) {
        attempt("delete", path, () -> {
            deleteTree(path(path));
            return path;
        });
    }

    private static List<String> names(Path folder) throws IOException {
        return entries(folder).stream()
                .map(entry -> entry.getFileName().toString())
                .sorted()
                .toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /** Goes on where somebody else deletes the same. */
    private static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : entries(path)) {
                deleteTree(entry);
            }
        }
        Files.deleteIfExists(path);
    }

    private static Path path(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new HostException(
                    "The path %s cannot be said in this JVM's file name encoding (%s); start it with LC_ALL=C.UTF-8. %s"
                            .formatted(path, System.getProperty("sun.jnu.encoding"), e.getReason()),
                    e);
        }
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
