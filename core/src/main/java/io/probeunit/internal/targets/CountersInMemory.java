package io.probeunit.internal.targets;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Reads semaphores in the memory of a target's processes: the kernel may raise a semaphore in a place that the program
 * does not read. Thread-safe.
 */
public final class CountersInMemory {

    private static final int BYTES = 2;

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
     * The processes that see a counter at 0.
     *
     * @param file that the processes have mapped
     * @param semaphores of that file
     * @return each process as people name it, once; none of which the memory cannot be read
     */
    public List<String> zeros(TargetFile file, Collection<Counter> semaphores) {
        HostFiles files = host.files();
        return new TargetProcesses(files, target)
                .ids()
                .filter(pid -> {
                    List<Piece> mapped = pieces(files, pid, file.path());
                    return semaphores.stream().anyMatch(semaphore -> isZero(files, pid, mapped, semaphore));
                })
                .map(pid -> "process %s (%s)"
                        .formatted(
                                pid,
                                files.textIfThere("/proc/%s/comm".formatted(pid))
                                        .orElse("")
                                        .strip()))
                .toList();
    }

    /** A part of the file as a line of {@code /proc/PID/maps} tells it; proc(5). */
    private record Piece(long start, long end, long offset) {
        Optional<Long> address(long inFile) {
            long address = start + inFile - offset;
            return inFile >= offset && address < end ? Optional.of(address) : Optional.empty();
        }
    }

    private static List<Piece> pieces(HostFiles files, String pid, String path) {
        List<Piece> pieces = new ArrayList<>();
        files.textIfThere("/proc/%s/maps".formatted(pid))
                .orElse("")
                .lines()
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

    private static boolean isZero(HostFiles files, String pid, List<Piece> mapped, Counter semaphore) {
        OptionalLong address = address(mapped, semaphore);
        return address.isPresent()
                && files.part("/proc/%s/mem".formatted(pid), address.getAsLong(), BYTES)
                        .filter(bytes -> bytes[0] == 0 && bytes[1] == 0)
                        .isPresent();
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
