package io.probeunit.conformance.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who this process is and what it may do, as the kernel tells in {@code /proc/self/status}; see proc(5).
 *
 * @param lines the values by name, such as {@code CapEff}, without blanks at the ends
 */
public record ProcessStatus(Map<String, String> lines) {

    /** That of this JVM. */
    public static ProcessStatus ofThisJvm() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return new ProcessStatus(lines.map(line -> line.split(":", 2))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1].strip())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The real, effective, saved, and file system's user. */
    public List<Long> users() {
        return numbers("Uid");
    }

    /** The real, effective, saved, and file system's group. */
    public List<Long> groups() {
        return numbers("Gid");
    }

    /** The groups beside the first. */
    public List<Long> moreGroups() {
        return numbers("Groups");
    }

    /** A set of capabilities, a bit each; {@code CapEff} and others. */
    public long capabilities(String set) {
        return Long.parseUnsignedLong(lines.get(set), 16);
    }

    private List<Long> numbers(String name) {
        return Stream.of(lines.get(name).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
