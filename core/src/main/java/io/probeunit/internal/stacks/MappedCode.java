package io.probeunit.internal.stacks;

import io.probeunit.internal.engine.KernelWatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has mapped to be executed; proc_pid_maps(5).
 *
 * @param start its first address
 * @param end the address behind it
 * @param offset where it begins in the file, in bytes
 * @param name the path of the file as the process sees it, a name in brackets, or empty for memory of no file
 */
record MappedCode(long start, long end, long offset, String name) {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ..x. ([0-9a-f]+) \\S+ \\d+ *(.*)");
    private static final String DELETED = " (deleted)";

    /** All executable lines of a table. */
    static List<MappedCode> read(String table) {
        return table.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new MappedCode(
                        Long.parseUnsignedLong(line.group(1), 16),
                        Long.parseUnsignedLong(line.group(2), 16),
                        Long.parseLong(line.group(3), 16),
                        line.group(4)))
                .toList();
    }

    /** The parts that a process has mapped since it began with its last program, the latest first. */
    static List<MappedCode> of(int pid, List<KernelWatch.Mapped> parts) {
        Deque<MappedCode> mapped = new ArrayDeque<>();
        for (KernelWatch.Mapped part : parts) {
            if (part.pid() == pid) {
                if (part.begins()) {
                    mapped.clear();
                }
                mapped.push(new MappedCode(
                        part.start(),
                        part.start() + part.length(),
                        part.offset(),
                        part.path() + (part.deleted() ? DELETED : "")));
            }
        }
        return List.copyOf(mapped);
    }

    boolean holds(long address) {
        return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
    }

    boolean isFile() {
        return name.startsWith("/");
    }

    boolean isDeleted() {
        return name.endsWith(DELETED);
    }

    String path() {
        return isDeleted() ? name.substring(0, name.length() - DELETED.length()) : name;
    }

    /** A link of {@code /proc} that leads the kernel to the very file, while the process is there. */
    String link(int pid) {
        return "/proc/%d/map_files/%x-%x".formatted(pid, start, end);
    }

    /** The place in the file of what is at an address. */
    long place(long address) {
        return address - start + offset;
    }

    static Optional<MappedCode> at(List<MappedCode> all, long address) {
        return all.stream().filter(code -> code.holds(address)).findFirst();
    }
}
