package io.probeunit.internal.coverage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * The folder with the report of coverage. Runs add to it: other JVMs of the same build, and later runs of some of the tests.
 *
 * @param folder which need not exist yet
 */
public record CoverageFolder(Path folder) {

    /** What the next run reads. */
    static final String DATA = "coverage.tsv";

    static final String PAGE = "coverage.html";
    static final String JSON = "coverage.json";
    static final String LCOV = "coverage.lcov";
    private static final String LOCK = "coverage.lock";

    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    /**
     * Adds the tests of a run, and writes the report.
     *
     * @param run at least one
     * @return the page for people
     * @throws IOException if that cannot be written
     */
    public Path add(Collection<TestCoverage> run) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            CoverageData data = before().with(run);
            write(JSON, CoverageJson.write(data));
            write(LCOV, CoverageLcov.write(data));
            write(PAGE, CoveragePage.write(data));
            write(DATA, CoverageText.write(data));
            lock.release();
        }
        return folder.resolve(PAGE).toAbsolutePath();
    }

    /** What is damaged, or of another version, is begun anew. */
    private CoverageData before() throws IOException {
        Path file = folder.resolve(DATA);
        return Files.exists(file)
                ? CoverageText.read(Files.readString(file)).orElseGet(() -> new CoverageData(List.of()))
                : new CoverageData(List.of());
    }

    /** Java refuses a second lock in the same JVM, and waits for that of another one. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException inThisJvm) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** In one step, so that nobody reads half of it. */
    private void write(String name, String text) throws IOException {
        Path half = folder.resolve(name + "." + UUID.randomUUID());
        try {
            Files.writeString(half, text);
            Files.move(half, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
