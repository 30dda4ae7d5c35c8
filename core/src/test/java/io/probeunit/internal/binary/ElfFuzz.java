package io.probeunit.internal.binary;

import com.sun.management.ThreadMXBean;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Damages real ELF files at random and asks the reader for what they offer. Whatever is in a file, reading it must yield an
 * answer or a {@link BinaryException}, in bounded time and memory: a container's files are not to be trusted.
 *
 * <p>{@code ./mvnw -Pfuzz -pl core -am test -Dbuild.fuzz.minutes=60}; a round is repeated with
 * {@code -Dbuild.fuzz.round=SEED:FILE}, as a failure prints it.
 */
final class ElfFuzz {

    private static final int LARGEST = 1 << 20;
    private static final int MOST_CHANGES = 24;
    private static final long MOST_NANOS = Duration.ofSeconds(10).toNanos();
    /** What a round may allocate: some for each byte of the file, and some for the tables of any file. */
    private static final long BYTES_A_BYTE = 400;

    private static final long BYTES_A_FILE = 256L << 20;
    private static final List<String> NAMES =
            List.of("main", "*", "f*", "_ZN*", "std::*", "main.*", "malloc", "*::*(int)");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long rounds;
    private long refused;
    private long looked;
    private long slowest;
    private long largest;

    private ElfFuzz() {}

    public static void main(String[] arguments) throws IOException {
        String round = System.getProperty("build.fuzz.round", "");
        ElfFuzz fuzz = new ElfFuzz();
        if (!round.isEmpty()) {
            int colon = round.indexOf(':');
            fuzz.round(Long.parseLong(round.substring(0, colon)), Path.of(round.substring(colon + 1)));
        } else {
            double minutes = Double.parseDouble(System.getProperty("build.fuzz.minutes", "1"));
            fuzz.run(files(Path.of(System.getProperty("build.fuzz.files", "/usr/bin"))), (long) (minutes * 60e9));
        }
        System.out.println(fuzz.figures());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(ElfFuzz::isFit)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isFit(Path file) {
        try {
            if (Files.size(file) > LARGEST || Files.size(file) < 64) {
                return false;
            }
            try (var in = Files.newInputStream(file)) {
                byte[] magic = in.readNBytes(4);
                return magic[0] == 0x7f && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F';
            }
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void run(List<Path> files, long nanos) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalStateException("no ELF files to damage");
        }
        long end = System.nanoTime() + nanos;
        SplittableRandom seeds = new SplittableRandom();
        while (System.nanoTime() < end) {
            round(seeds.nextLong(), files.get(seeds.nextInt(files.size())));
        }
    }

    private void round(long seed, Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(1, MOST_CHANGES); i > 0; i--) {
            damage(content, random);
        }
        if (random.nextInt(8) == 0) {
            content.limit(random.nextInt(content.limit()));
        }
        long start = System.nanoTime();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        try {
            ask(BinaryReader.read(shown(content, seed), file.toString()), random);
        } catch (BinaryException understood) {
            refused++;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new IllegalStateException("-Dbuild.fuzz.round=%d:%s".formatted(seed, file), e);
        }
        long took = System.nanoTime() - start;
        long used = threads.getCurrentThreadAllocatedBytes() - allocated;
        rounds++;
        slowest = Math.max(slowest, took);
        largest = Math.max(largest, used);
        if (took > MOST_NANOS || used > BYTES_A_FILE + BYTES_A_BYTE * content.capacity()) {
            throw new IllegalStateException("-Dbuild.fuzz.round=%d:%s took %d ms and %d MB"
                    .formatted(seed, file, took / 1_000_000, used >> 20));
        }
    }

    /** In memory, or as where parts of it cross a connection. */
    private static FileContent shown(ByteBuffer content, long seed) {
        return (seed & 1) == 0
                ? FileContent.of(content)
                : FileContent.inParts(content.limit(), (offset, length) -> {
                    byte[] part = new byte[length];
                    content.get(offset, part);
                    return part;
                });
    }

    /** Where tables are more often than anywhere: one byte in a million of a file is a header's. */
    private static void damage(ByteBuffer content, SplittableRandom random) {
        int size = content.limit();
        long sections = content.getLong(40);
        int at = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(64);
            case 1 -> 64 + random.nextInt(Math.min(size - 64, 1024));
            case 2 -> sections > 0 && sections < size ? (int) (sections + random.nextLong(size - sections)) : 0;
            default -> random.nextInt(size);
        };
        switch (random.nextInt(4)) {
            case 0 -> content.put(at, (byte) random.nextInt());
            case 1 -> content.put(at, (byte) (content.get(at) ^ 1 << random.nextInt(8)));
            case 2 -> {
                if (at + 8 <= size) {
                    content.putLong(at, random.nextBoolean() ? random.nextLong(size * 2L) : -random.nextLong(1 << 20));
                }
            }
            default -> {
                int length = Math.min(random.nextInt(1, 64), size - Math.max(at, 1));
                if (length > 0) {
                    byte[] other = new byte[length];
                    content.get(random.nextInt(size - length), other);
                    content.put(at, other, 0, Math.min(length, size - at));
                }
            }
        }
    }

    private void ask(BinaryFile file, SplittableRandom random) {
        String name = file.functions().isEmpty() || random.nextBoolean()
                ? NAMES.get(random.nextInt(NAMES.size()))
                : file.functions().get(random.nextInt(file.functions().size())).name();
        // no set that does not end: such a text is no glob
        if (!name.isEmpty() && name.indexOf('[') < 0 && name.chars().noneMatch(Character::isWhitespace)) {
            file.functions(new NamePattern(name));
        }
        file.marks(MarkSpec.parse("*", new BinarySelector.TargetDefault(), Optional.empty()));
        looked++;
    }

    private String figures() {
        return "%d rounds: %d refused, %d looked into; the slowest took %d ms, the largest allocated %d MB"
                .formatted(rounds, refused, looked, slowest / 1_000_000, largest >> 20);
    }
}
