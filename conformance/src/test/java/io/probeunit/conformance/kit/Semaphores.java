package io.probeunit.conformance.kit;

import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.host.FileContent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;

/** Semaphores of marks, read out of the memory of the processes that run a container's main program. */
public final class Semaphores {

    private final Path main;
    private final BinaryFile program;

    private Semaphores(Path main, BinaryFile program) {
        this.main = main;
        this.program = program;
    }

    /** Those of the program that a container's main process runs. */
    public static Semaphores of(GenericContainer<?> container) {
        Path main = proc(container.getCurrentContainerInfo().getState().getPidLong());
        try {
            byte[] program = Files.readAllBytes(main.resolve("exe"));
            return new Semaphores(
                    main, BinaryReader.read(FileContent.of(ByteBuffer.wrap(program)), "the main program"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of one in each process; the same file on an overlay of its own is another program. */
    public List<Integer> inEachProcess(String mark) {
        long address = program.marks().stream()
                .filter(found -> found.name().equals(mark))
                .findFirst()
                .orElseThrow()
                .sites()
                .get(0)
                .semaphore()
                .orElseThrow()
                .address();
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .map(process -> proc(process.pid()))
                    .filter(this::runsTheProgram)
                    .map(process -> read(process, address))
                    .toList();
        }
    }

    private boolean runsTheProgram(Path process) {
        try {
            return Files.isSameFile(process.resolve("exe"), main.resolve("exe"));
        } catch (IOException threadOfTheKernelOrGone) {
            return false;
        }
    }

    /** Sixteen bits, little-endian. */
    private int read(Path process, long address) {
        try (RandomAccessFile memory =
                new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            memory.seek(address + (program.positionIndependent() ? start(process) : 0));
            return Short.toUnsignedInt(Short.reverseBytes(memory.readShort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the program lies: the first mapping of its file, as proc(5) lists them. */
    private static long start(Path process) throws IOException {
        String file = Files.readSymbolicLink(process.resolve("exe")).toString();
        return Files.readAllLines(process.resolve("maps")).stream()
                .filter(mapping -> mapping.endsWith(" " + file))
                .map(mapping -> mapping.substring(0, mapping.indexOf('-')))
                .map(start -> Long.parseLong(start, 16))
                .findFirst()
                .orElseThrow();
    }

    private static Path proc(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}
