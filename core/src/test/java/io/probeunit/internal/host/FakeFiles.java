package io.probeunit.internal.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A fixture: a file system in memory, with folders, files and links, of which a test says what it needs.
 *
 * <p>Links are followed from this file system's own root, as the kernel does it for a process of the host.
 */
public final class FakeFiles implements HostFiles {

    private static final int MOST_LINKS = 40;

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final Map<String, FileIdentity> identities = new TreeMap<>();
    private final Map<String, Instant> moments = new TreeMap<>();
    private final Map<String, Consumer<String>> controls = new TreeMap<>();

    /** Adds a file, and the folders above it. */
    public FakeFiles file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file, and the folders above it. */
    public synchronized FakeFiles file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** Adds a link, and the folders above it. */
    public synchronized FakeFiles link(String path, String target) {
        links.put(path, target);
        return this;
    }

    /** Adds a folder that may be empty. */
    public FakeFiles folder(String path) {
        return file(path + "/.", "");
    }

    /** Says which file or folder this is; without it, each path is its own. */
    public synchronized FakeFiles identity(String path, long device, long inode) {
        return identity(path, new FileIdentity(device, inode));
    }

    /** Says which file or folder this is, in which state. */
    public synchronized FakeFiles identity(String path, FileIdentity identity) {
        identities.put(path, identity);
        return this;
    }

    /** Calls something for what is appended to a file, or written into a FIFO. */
    public synchronized FakeFiles control(String path, Consumer<String> written) {
        controls.put(path, written);
        return this;
    }

    @Override
    public synchronized boolean exists(String path) {
        Optional<String> real = real(path);
        return real.filter(p -> files.containsKey(p) || isFolderHere(p)).isPresent();
    }

    @Override
    public synchronized boolean isRegularFile(String path) {
        return real(path).filter(files::containsKey).isPresent();
    }

    @Override
    public synchronized boolean isFolder(String path) {
        return real(path).filter(this::isFolderHere).isPresent();
    }

    @Override
    public synchronized Optional<String> link(String path) {
        int slash = path.lastIndexOf('/');
        return real(path.substring(0, slash)).map(folder -> links.get(folder + path.substring(slash)));
    }

    @Override
    public synchronized Optional<FileIdentity> identity(String path) {
        return exists(path)
                ? real(path).map(p -> identities.getOrDefault(p, new FileIdentity(1, p.hashCode())))
                : Optional.empty();
    }

    /** Says when a file was changed; without it, that cannot be told. */
    public synchronized FakeFiles changed(String path, Instant moment) {
        moments.put(path, moment);
        return this;
    }

    @Override
    public synchronized Optional<Instant> changed(String path) {
        return Optional.ofNullable(moments.get(path));
    }

    @Override
    public synchronized void createLink(String path, String target) {
        link(path, target);
    }

    @Override
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized byte[] bytes(String path) {
        return real(path)
                .map(files::get)
                .filter(Objects::nonNull)
                .orElseThrow(() -> new HostException("Could not read %s: there is no such file".formatted(path)));
    }

    @Override
    public synchronized Optional<byte[]> part(String path, long offset, int length) {
        return real(path)
                .map(files::get)
                .filter(bytes -> bytes.length >= offset + length)
                .map(bytes -> Arrays.copyOfRange(bytes, (int) offset, (int) offset + length));
    }

    @Override
    public FileContent content(String path) {
        return FileContent.of(ByteBuffer.wrap(bytes(path)));
    }

    @Override
    public FilePiece piece(String path, long offset, int length) {
        byte[] bytes = bytes(path);
        int from = (int) Math.min(bytes.length, offset);
        return new FilePiece(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)), identity(path));
    }

    @Override
    public synchronized List<String> list(String path) {
        String folder = real(path).orElse("?") + "/";
        List<String> all = new ArrayList<>(files.keySet());
        all.addAll(links.keySet());
        return all.stream()
                .filter(p -> p.startsWith(folder))
                .map(p -> p.substring(folder.length()).replaceFirst("/.*", ""))
                .filter(name -> !name.equals("."))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void write(String path, byte[] content) {
        file(path, content);
    }

    @Override
    public void append(String path, byte[] content) {
        Consumer<String> control;
        synchronized (this) {
            control = controls.get(path);
        }
        if (control == null) {
            throw new HostException("Could not write to %s: there is no such file".formatted(path));
        }
        control.accept(new String(content, StandardCharsets.UTF_8));
    }

    @Override
    public FifoWriter fifo(String path) {
        return new FifoWriter() {
            @Override
            public void write(byte[] message, Duration patience) {
                append(path, message);
            }

            @Override
            public void close() {
                control(path, written -> {
                    throw new HostException("The reader of the FIFO %s has ended (PU0515).".formatted(path));
                });
            }
        };
    }

    @Override
    public void createFolder(String path) {
        folder(path);
    }

    @Override
    public synchronized void delete(String path) {
        files.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
        links.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
    }

    private boolean isFolderHere(String path) {
        String below = path + "/";
        return files.keySet().stream().anyMatch(p -> p.startsWith(below))
                || links.keySet().stream().anyMatch(p -> p.startsWith(below));
    }

    /** The path without links; "" for the root. */
    private Optional<String> real(String path) {
        Deque<String> todo = new ArrayDeque<>(names(path));
        String done = "";
        int followed = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.equals("..")) {
                done = done.substring(0, Math.max(0, done.lastIndexOf('/')));
                continue;
            }
            String here = done + "/" + name;
            String link = links.get(here);
            if (link == null) {
                done = here;
                continue;
            }
            if (++followed > MOST_LINKS) {
                return Optional.empty();
            }
            List<String> names = names(link);
            for (int i = names.size() - 1; i >= 0; i--) {
                todo.push(names.get(i));
            }
            done = link.startsWith("/") ? "" : done;
        }
        return Optional.of(done);
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/"))
                .filter(n -> !n.isEmpty() && !n.equals("."))
                .toList();
    }
}
