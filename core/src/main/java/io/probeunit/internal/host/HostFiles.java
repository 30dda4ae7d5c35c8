package io.probeunit.internal.host;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of a host. Every method throws {@link HostException} where the file system refuses. Thread-safe. */
public interface HostFiles {

    /**
     * Says whether there is something at a path; links are followed.
     *
     * @param path absolute
     * @return true if there is
     */
    boolean exists(String path);

    /**
     * Says whether a regular file is at a path; links are followed.
     *
     * @param path absolute
     * @return true if there is
     */
    boolean isRegularFile(String path);

    /**
     * Says whether a folder is at a path; links are followed.
     *
     * @param path absolute
     * @return true if there is
     */
    boolean isFolder(String path);

    /**
     * The target of a symbolic link, not followed further.
     *
     * @param path absolute
     * @return the text of the link, or empty if there is no link at this path
     */
    Optional<String> link(String path);

    /**
     * Goes along names until one is a link, or is not there; one question where the host is far.
     *
     * @param folder absolute, where it begins; links are followed
     * @param names one below the other, none of which is {@code .} or {@code ..}
     * @return how far that is
     */
    default Way way(String folder, List<String> names) {
        StringBuilder path = new StringBuilder(folder);
        for (int passed = 0; passed < names.size(); passed++) {
            path.append('/').append(names.get(passed));
            Optional<String> link = link(path.toString());
            if (link.isPresent() || !exists(path.toString())) {
                return new Way(passed, link);
            }
        }
        return new Way(names.size(), Optional.empty());
    }

    /**
     * The identity of a file; links are followed.
     *
     * @param path absolute
     * @return which file it is, and when it was last changed; empty if there is nothing
     */
    Optional<FileIdentity> identity(String path);

    /**
     * The identities of several files, as of one moment as far as that goes; links are followed.
     *
     * @param paths absolute
     * @return one for each path, in their order; empty where there is nothing, or it may not be looked at
     */
    default List<Optional<FileIdentity>> identities(List<String> paths) {
        return paths.stream().map(this::identityIfSeen).toList();
    }

    private Optional<FileIdentity> identityIfSeen(String path) {
        try {
            return identity(path);
        } catch (HostException notToBeSeen) {
            return Optional.empty();
        }
    }

    /**
     * When a file was last changed: its content, its name or its attributes; links are followed.
     *
     * @param path absolute
     * @return the moment by this host's clock; empty if there is nothing, or it cannot be told
     */
    default Optional<Instant> changed(String path) {
        return Optional.empty();
    }

    /**
     * Creates a symbolic link.
     *
     * @param path absolute, where nothing is
     * @param target the text of the link
     */
    void createLink(String path, String target);

    /**
     * A whole file as text (UTF-8, malformed bytes replaced); right for {@code /proc} too.
     *
     * @param path absolute
     * @return its content
     */
    String text(String path);

    /**
     * A whole file as text, where it may have gone, or never have been: one of {@code /proc}, whose process has ended.
     *
     * @param path absolute
     * @return its content; empty if it cannot be read
     * @throws HostException if this process has no descriptor left, which says nothing of the file
     */
    default Optional<String> textIfThere(String path) {
        try {
            return Optional.of(text(path));
        } catch (HostException notThere) {
            if (notThere.wantsDescriptors()) {
                throw notThere;
            }
            return Optional.empty();
        }
    }

    /**
     * Some short files as text, where they may have gone.
     *
     * @param paths absolute
     * @return by its path the content of each that can be read
     */
    default Map<String, String> texts(List<String> paths) {
        Map<String, String> texts = new LinkedHashMap<>();
        paths.forEach(path -> textIfThere(path).ifPresent(text -> texts.put(path, text)));
        return texts;
    }

    /**
     * A whole file, read to its end; right for {@code /proc} too.
     *
     * @param path absolute
     * @return its content
     */
    byte[] bytes(String path);

    /**
     * A part of a file, or of a process's memory ({@code /proc/PID/mem}, where the place is an address).
     *
     * @param path absolute
     * @param offset where it begins, in bytes
     * @param length in bytes
     * @return that many bytes; empty if they are not there, or may not be read
     */
    Optional<byte[]> part(String path, long offset, int length);

    /**
     * The content of a file whose size is known, which those of {@code /proc} do not tell. What is asked of it is read when
     * it is asked for, and nothing else.
     *
     * <p>Each part is followed by a look at the file, so that parts of two states of it are never taken for one: the second
     * one is an exception.
     *
     * @param path absolute
     * @return the content; its first byte was read, to show that the file can be read
     */
    default FileContent content(String path) {
        FileIdentity first = identity(path)
                .orElseThrow(
                        () -> new HostException("Could not read %s: there is no such file (PU0517)".formatted(path)));
        if (first.size() > Integer.MAX_VALUE - 8) {
            throw new HostException("Could not read %s: it is larger than 2 GiB (PU1031)".formatted(path));
        }
        FileContent content = FileContent.inParts((int) first.size(), (offset, length) -> {
            FilePiece piece = piece(path, offset, length);
            if (piece.bytes().length != length || !piece.file().equals(Optional.of(first))) {
                throw new HostException("Could not read %s: it changed meanwhile (PU1032)".formatted(path));
            }
            return piece.bytes();
        });
        if (content.limit() > 0) {
            content.get(0);
        }
        return content;
    }

    /**
     * A piece of a file, and then a look at the file; one question where the host is far.
     *
     * @param path absolute
     * @param offset where it begins
     * @param length in bytes
     * @return shorter where the file ends before
     */
    FilePiece piece(String path, long offset, int length);

    /**
     * The names in a folder, without a path, sorted.
     *
     * @param path absolute
     * @return empty if there is no such folder
     */
    List<String> list(String path);

    /**
     * Creates a file that was not there, or replaces its content; readable by its owner alone.
     *
     * @param path absolute
     * @param content the new content
     */
    void write(String path, byte[] content);

    /**
     * Writes to a control file that exists already, in one write.
     *
     * @param path absolute
     * @param content what to write
     */
    void append(String path, byte[] content);

    /**
     * The writing end of a FIFO that exists.
     *
     * @param path absolute
     * @return a writer that opens the FIFO anew for each message
     */
    FifoWriter fifo(String path);

    /**
     * Creates a folder, and those above it, for its owner alone.
     *
     * @param path absolute
     */
    void createFolder(String path);

    /**
     * Deletes a file, a FIFO or a folder with what is in it; links are not followed. Nothing happens if there is none.
     *
     * @param path absolute
     */
    void delete(String path);
}
