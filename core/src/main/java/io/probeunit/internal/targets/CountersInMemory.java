package io.probeunit.internal.targets;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Reads semaphores in the memory of a target's processes: the kernel may raise a semaphore in a place that the program
 * does not read. Thread-safe.
 */
public final class CountersInMemory {

    /** The smallest of all machines; a counter, of two bytes at an even address, is in one. */
    private static final int PAGE = 4096;

    private final Host host;
    private final Target target;

    /**
     * A counter of 16 bits.
     *
     * @param address in the numbering of the file's symbols
     * @param fileOffset where it is in the file, in bytes
     */
    public record Counter(long address, long fileOffset) {}

    /**
     * Reads nothing yet.
     *
     * @param host where the processes are visible
     * @param target whose processes
     */
    public CountersInMemory(Host host, Target target) {
        this.host = host;
        this.target = target;
    }

    /**
     * Looks at the processes as they are now, once for all counters that are asked about.
     *
     * @return for one look, by one thread
     */
    public Look look() {
        return new Look();
    }

    /** One look at the memory of the processes; what it has read it keeps. */
    public final class Look {

        private final HostFiles files = host.files();
        private final Map<String, String> maps;
        private final Map<Page, Optional<byte[]>> pages = new HashMap<>();

        private record Page(String pid, long address) {}

        private Look() {
            List<String> pids = new TargetProcesses(files, target).ids().toList();
            Map<String, String> texts =
                    files.texts(pids.stream().map("/proc/%s/maps"::formatted).toList());
            maps = new LinkedHashMap<>();
            pids.forEach(pid -> maps.put(pid, texts.getOrDefault("/proc/%s/maps".formatted(pid), "")));
        }

        /**
         * The processes that see a counter at 0.
         *
         * @param file that the processes have mapped
         * @param semaphores of that file
         * @return each process as people name it, once; none of which the memory cannot be read
         */
        public List<String> zeros(TargetFile file, Collection<Counter> semaphores) {
            return maps.keySet().stream()
                    .filter(pid -> {
                        List<Piece> mapped = pieces(maps.getOrDefault(pid, ""), file.path());
                        return semaphores.stream().anyMatch(semaphore -> isZero(pid, mapped, semaphore));
                    })
                    .map(pid -> "process %s (%s)"
                            .formatted(
                                    pid,
                                    files.textIfThere("/proc/%s/comm".formatted(pid))
                                            .orElse("")
                                            .strip()))
                    .toList();
        }

        private boolean isZero(String pid, List<Piece> mapped, Counter semaphore) {
            OptionalLong address = address(mapped, semaphore);
            if (address.isEmpty()) {
                return false;
            }
            int within = (int) (address.getAsLong() % PAGE);
            // the semaphores of a file lie side by side
            return pages.computeIfAbsent(
                            new Page(pid, address.getAsLong() - within),
                            page -> files.part("/proc/%s/mem".formatted(pid), page.address(), PAGE))
                    .filter(bytes -> bytes[within] == 0 && bytes[within + 1] == 0)
                    .isPresent();
        }
    }

    /** A part of the file as a line of {@code /proc/PID/maps} tells it; proc(5). */
    private record Piece(long start, long end, long offset) {
        Optional<Long> address(long inFile) {
            long address = start + inFile - offset;
            return inFile >= offset && address < end ? Optional.of(address) : Optional.empty();
        }
    }

    private static List<Piece> pieces(String maps, String path) {
        List<Piece> pieces = new ArrayList<>();
        maps.lines()
                .filter(line -> line.endsWith(" " + path) || line.endsWith(" " + path + TargetProcesses.DELETED))
                .forEach(line -> {
                    String[] words = line.split(" +");
                    String[] range = words[0].split("-");
                    pieces.add(new Piece(number(range[0]), number(range[1]), number(words[2])));
                });
        return pieces;
    }

    private static long number(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }

    /**
     * Where the program looks for it. The same place of the file may be mapped several times; it is that one whose distance
     * from the beginning of the program is as the file has it.
     */
    private static OptionalLong address(List<Piece> mapped, Counter semaphore) {
        List<Long> places = mapped.stream()
                .flatMap(piece -> piece.address(semaphore.fileOffset()).stream())
                .toList();
        return mapped.stream()
                .limit(1)
                .flatMap(first -> Stream.of(first.start() + semaphore.address(), semaphore.address()))
                .filter(places::contains)
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
