package io.probeunit.host.container;

import io.probeunit.host.FifoWriter;
import io.probeunit.host.FileIdentity;
import io.probeunit.host.FilePiece;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.container.ShellAgent.Answer;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files as a shell sees them. */
final class ShellFiles implements HostFiles {

    /** What is held in the container's memory at once. */
    private static final int PIECE = 8 << 20;

    private static final int NOTHING_THERE = 1;

    private final ShellAgent shell;

    ShellFiles(ShellAgent shell) {
        this.shell = shell;
    }

    @Override
    public boolean exists(String path) {
        return test("-e", path);
    }

    @Override
    public boolean isRegularFile(String path) {
        return test("-f", path);
    }

    @Override
    public boolean isFolder(String path) {
        return test("-d", path);
    }

    @Override
    public Optional<String> link(String path) {
        return ifThere("read the link", path, shell.ask("link", path)).map(Answer::text);
    }

    @Override
    public Optional<FileIdentity> identity(String path) {
        return ifThere("look at", path, shell.ask("identity", path)).map(answer -> parsed(answer.text()));
    }

    @Override
    public List<Optional<FileIdentity>> identities(List<String> paths) {
        return shell.ask("identities", paths.toArray(String[]::new))
                .text()
                .lines()
                .map(line -> line.isEmpty() ? Optional.<FileIdentity>empty() : Optional.of(parsed(line)))
                .toList();
    }

    private static FileIdentity parsed(String line) {
        String[] numbers = line.strip().split(" ");
        return new FileIdentity(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                nanos(numbers[3]),
                nanos(numbers[4]));
    }

    /** From seconds with nine decimals. */
    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValue();
    }

    @Override
    public Optional<Instant> changed(String path) {
        Answer answer = shell.ask("changed", path);
        return answer.status() == 0
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(answer.text().strip())))
                : Optional.empty();
    }

    @Override
    public void createLink(String path, String target) {
        demand("create the link", path, shell.ask("ln", "-s", target, path));
    }

    @Override
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String> texts(List<String> paths) {
        if (paths.isEmpty()) {
            return Map.of();
        }
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        shell.ask("texts", paths.toArray(String[]::new))
                .text()
                .lines()
                .forEach(line -> paths.stream()
                        .filter(path -> line.startsWith(path + ":"))
                        .findFirst()
                        .ifPresent(path -> texts.computeIfAbsent(path, p -> new StringBuilder())
                                .append(line, path.length() + 1, line.length())
                                .append('\n')));
        Map<String, String> read = new LinkedHashMap<>();
        texts.forEach((path, text) -> read.put(path, text.toString()));
        return read;
    }

    @Override
    public FilePiece piece(String path, long offset, int length) {
        return new FilePiece(read(path, offset, length), identity(path));
    }

    @Override
    public byte[] bytes(String path) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            byte[] piece = read(path, whole.size(), PIECE);
            whole.writeBytes(piece);
            if (piece.length < PIECE) {
                return whole.toByteArray();
            }
        }
    }

    private byte[] read(String path, long offset, int length) {
        Answer answer = shell.ask("piece", path, String.valueOf(offset), String.valueOf(length));
        demand("read", path, answer);
        return answer.bytes();
    }

    @Override
    public Optional<byte[]> part(String path, long offset, int length) {
        Answer answer = shell.ask("part", path, String.valueOf(offset), String.valueOf(length));
        return Optional.of(answer.bytes()).filter(bytes -> answer.status() == 0 && bytes.length == length);
    }

    @Override
    public List<String> list(String path) {
        Answer answer = shell.ask("names", path);
        demand("list", path, answer);
        return Arrays.stream(answer.text().split("\0"))
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public void write(String path, byte[] content) {
        demand("write", path, shell.ask(content, "write", path));
    }

    @Override
    public void append(String path, byte[] content) {
        demand("write to", path, shell.ask(content, "append", path));
    }

    @Override
    public FifoWriter fifo(String path) {
        return ShellFifo.at(shell, path);
    }

    @Override
    public void createFolder(String path) {
        demand("create the folder", path, shell.ask("mkdir", "-p", path));
    }

    @Override
    public void delete(String path) {
        demand("delete", path, shell.ask("rm", "-rf", path));
    }

    private boolean test(String what, String path) {
        return shell.ask("test", what, path).status() == 0;
    }

    private static Optional<Answer> ifThere(String what, String path, Answer answer) {
        if (answer.status() == NOTHING_THERE) {
            return Optional.empty();
        }
        demand(what, path, answer);
        return Optional.of(answer);
    }

    private static void demand(String what, String path, Answer answer) {
        if (answer.status() != 0) {
            throw new HostException(
                    "Could not %s %s: %s".formatted(what, path, answer.text().strip()));
        }
    }
}
