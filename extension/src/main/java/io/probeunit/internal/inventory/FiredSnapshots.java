package io.probeunit.internal.inventory;

import io.probeunit.ProbeException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Snapshots of the points that fire in a class, in the test resources: one name a line. Thread-safe. */
public final class FiredSnapshots {

    private static final System.Logger LOGGER = System.getLogger("io.probeunit");

    private final boolean update;
    private final SnapshotFiles files;
    private final Map<Path, Written> written = new ConcurrentHashMap<>();

    private record Written(Set<String> names, String by) {}

    /**
     * A snapshot.
     *
     * @param place of it, for messages
     * @param names of the points that must fire; at least one
     */
    public record Fired(String place, Set<String> names) {}

    /**
     * Creates it for a run.
     *
     * @param update whether snapshots are written
     * @param folder where the sources of the test resources are; empty to find them from the test's class
     */
    public FiredSnapshots(boolean update, Optional<Path> folder) {
        this.update = update;
        this.files = new SnapshotFiles(folder);
    }

    /** Whether snapshots are written, and not compared. */
    public boolean update() {
        return update;
    }

    /**
     * Reads a snapshot.
     *
     * @param now the names of the points that fired now, for the message
     * @throws ProbeException if it is missing, cannot be read, or names nothing
     */
    public Fired read(SnapshotName name, Collection<String> now) {
        SnapshotFiles.Place place = files.find(name)
                .orElseThrow(() -> files.missing(
                        name,
                        now.isEmpty()
                                ? "Nothing fired in this run."
                                : "These fired:\n"
                                        + String.join("\n", new TreeSet<>(now))
                                                .indent(3)
                                                .stripTrailing()));
        return new Fired(place.toString(), names(place.text(), place.toString()));
    }

    /**
     * Writes a snapshot.
     *
     * @param fired the names of the points that fired; at least one
     * @param by what asks for this, for messages
     * @throws ProbeException if it cannot be written, or another annotation writes other names to it
     */
    public void write(SnapshotName name, Collection<String> fired, String by) {
        Path file = files.destination(name);
        Set<String> names = new TreeSet<>(fired);
        Written before = written.putIfAbsent(file, new Written(names, by));
        if (before != null && !before.names().equals(names)) {
            throw new ProbeException(
                    "Two annotations would write different points to one snapshot, %s (PU1308): %s and %s. Give each its own snapshot."
                            .formatted(file, before.by(), by));
        }
        SnapshotResult result = files.write(
                file, text(names), there -> names(there, file.toString()).equals(names));
        LOGGER.log(
                System.Logger.Level.WARNING,
                "probeunit.snapshots = update, so no points were compared for %s: %s"
                        .formatted(
                                by,
                                result instanceof SnapshotResult.Written done
                                        ? (done.isNew() ? "wrote the new snapshot " : "rewrote the snapshot ")
                                                + done.file()
                                        : "the snapshot has these points already"));
    }

    private static String text(Set<String> names) {
        return """
                # The points that fire in the tests of a class, as @ExpectCoverage compares them (ProbeUnit, docs/coverage.md).
                # One mark (provider:name) or function a line. Each of them must fire at least once.
                # To write this file anew: -Dprobeunit.snapshots=update. Then review what has changed.
                """ + String.join("\n", names) + "\n";
    }

    private static Set<String> names(String text, String place) {
        List<String> lines = text.replaceFirst("^\ufeff", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw new ProbeException(
                    "%s names no point, so nothing would be compared (PU1309). Write it with -Dprobeunit.snapshots=update, or remove it."
                            .formatted(place));
        }
        return new LinkedHashSet<>(lines);
    }
}
