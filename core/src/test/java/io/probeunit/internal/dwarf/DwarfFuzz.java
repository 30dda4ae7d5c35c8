package io.probeunit.internal.dwarf;

import com.sun.management.ThreadMXBean;
import io.probeunit.internal.binary.BinaryException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.host.FileContent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Damages the debug information of programs at random and asks for all that can be asked. Whatever is in a file, the answer
 * must be one or a {@link DwarfException}, in bounded time and memory.
 *
 * <p>Runs with {@code ./mvnw -Pfuzz -pl core -am test -Dbuild.fuzz.minutes=60}; a failure prints the seed of its round and
 * the number of the program.
 */
final class DwarfFuzz {

    private static final int MOST_CHANGES = 12;
    private static final long MOST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long MOST_BYTES = 512L << 20;
    private static final int SECTION = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<byte[]> programs;
    private long rounds;
    private long refused;
    private long answers;
    private long slowest;
    private long largest;

    private DwarfFuzz(List<byte[]> programs) {
        this.programs = programs;
    }

    static DwarfFuzz on(Path folder) {
        return new DwarfFuzz(List.of(
                bytes(Compiled.build(folder, "gcc", "shop.c", "-O2", "-gdwarf-5")),
                bytes(Compiled.build(folder, "gcc", "shop.c", "-O0", "-gdwarf-4")),
                bytes(Compiled.build(folder, "gcc", "shop.c", "-O2", "-gdwarf-5", "-gz=zlib")),
                bytes(Compiled.build(folder, "g++", "cart.cc", "-O1", "-gdwarf-4", "-fdebug-types-section"))));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) throws IOException {
        DwarfFuzz fuzz = on(Files.createTempDirectory("dwarf-fuzz"));
        long end =
                System.nanoTime() + (long) (Double.parseDouble(System.getProperty("build.fuzz.minutes", "1")) * 60e9);
        SplittableRandom seeds = new SplittableRandom();
        while (System.nanoTime() < end) {
            fuzz.round(seeds.nextLong(), seeds.nextInt(fuzz.programs.size()));
        }
        System.out.println(fuzz.figures());
    }

    /** The same rounds each time. */
    void run(int count) {
        SplittableRandom seeds = new SplittableRandom(42);
        for (int i = 0; i < count; i++) {
            round(seeds.nextLong(), i % programs.size());
        }
    }

    long refused() {
        return refused;
    }

    long answers() {
        return answers;
    }

    String figures() {
        return "%d rounds, %d refused, %d answers; the slowest took %d ms, the largest %d MB"
                .formatted(rounds, refused, answers, slowest / 1_000_000, largest >> 20);
    }

    private void round(long seed, int program) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer content = ByteBuffer.wrap(programs.get(program).clone()).order(ByteOrder.LITTLE_ENDIAN);
        List<int[]> sections = debugSections(content);
        for (int i = random.nextInt(1, MOST_CHANGES); i > 0; i--) {
            damage(content, sections.get(random.nextInt(sections.size())), random);
        }
        String round = "seed %d, program %d".formatted(seed, program);
        long start = System.nanoTime();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        try {
            ask(BinaryReader.read(FileContent.of(content), "/opt/shop"));
        } catch (BinaryException understood) {
            refused++;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new IllegalStateException(round, e);
        }
        long took = System.nanoTime() - start;
        long used = threads.getCurrentThreadAllocatedBytes() - allocated;
        rounds++;
        slowest = Math.max(slowest, took);
        largest = Math.max(largest, used);
        if (took > MOST_NANOS || used > MOST_BYTES) {
            throw new IllegalStateException("%s took %d ms and %d MB".formatted(round, took / 1_000_000, used >> 20));
        }
    }

    /** Places and sizes of the sections whose names begin so. */
    private static List<int[]> debugSections(ByteBuffer content) {
        List<int[]> sections = new ArrayList<>();
        int table = (int) content.getLong(40);
        int names = (int) content.getLong(table + content.getShort(62) * SECTION + 24);
        for (int i = 0; i < content.getShort(60); i++) {
            int header = table + i * SECTION;
            byte[] name = new byte[7];
            content.get(names + content.getInt(header), name);
            if (new String(name, StandardCharsets.UTF_8).equals(".debug_")) {
                sections.add(new int[] {(int) content.getLong(header + 24), (int) content.getLong(header + 32)});
            }
        }
        return sections;
    }

    private static void damage(ByteBuffer content, int[] section, SplittableRandom random) {
        int at = section[0] + random.nextInt(random.nextBoolean() ? section[1] : Math.min(section[1], 64));
        switch (random.nextInt(4)) {
            case 0 -> content.put(at, (byte) random.nextInt());
            case 1 -> content.put(at, (byte) (content.get(at) ^ 1 << random.nextInt(8)));
            case 2 -> content.put(at, (byte) (random.nextBoolean() ? 0xff : 0));
            default -> content.putInt(Math.min(at, content.limit() - 4), random.nextInt(-8, section[1]));
        }
    }

    private void ask(BinaryFile file) {
        Optional<DebugInformation> information = file.debugInformation();
        if (information.isEmpty()) {
            return;
        }
        for (FunctionSymbol symbol : file.functions()) {
            try {
                information.get().line(symbol.address()).ifPresent(line -> answers++);
                information.get().function(symbol.address()).ifPresent(function -> ask(information.get(), function));
            } catch (DwarfException understood) {
                refused++;
            }
        }
    }

    private void ask(DebugInformation information, FunctionInfo function) {
        information.returned(function);
        for (FunctionInfo.Parameter parameter : function.parameters()) {
            information.value(parameter);
            for (String path : List.of("", "->id", "->place.hall", "[3]", "->next->next", "->code[1]", ".count")) {
                information.value(function, parameter.name() + path);
                answers++;
            }
        }
    }
}
