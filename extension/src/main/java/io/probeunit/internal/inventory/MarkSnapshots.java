package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.NearestNames;
import io.probeunit.internal.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Compares marks with snapshots in the test resources, or writes these. Thread-safe. */
public final class MarkSnapshots {

    private static final int NEAREST = 3;
    private static final System.Logger LOGGER = System.getLogger("io.probeunit");

    private final boolean update;
    private final SnapshotFiles files;
    private final Map<Path, Written> written = new ConcurrentHashMap<>();

    private record Written(List<Marks.Mark> marks, String by) {}

    /**
     * Creates it for a run.
     *
     * @param update writes snapshots, and compares nothing
     * @param folder where the sources of the test resources are; empty to find them from the test's class
     */
    public MarkSnapshots(boolean update, Optional<Path> folder) {
        this.update = update;
        this.files = new SnapshotFiles(folder);
    }

    /**
     * Creates it where no test's configuration is at hand.
     *
     * @return as the system properties {@code probeunit.snapshots} and {@code probeunit.snapshots.folder} say
     * @throws ProbeException if one of them means nothing
     */
    public static MarkSnapshots ofSystemProperties() {
        return new MarkSnapshots(
                property(SnapshotKeys.MODE).orElseThrow().equals(SnapshotKeys.UPDATE),
                property(SnapshotKeys.FOLDER).map(Path::of));
    }

    private static Optional<String> property(Setting setting) {
        return setting.value(
                Optional.ofNullable(System.getProperty(setting.key()))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty()),
                ProbeException::new);
    }

    /**
     * Reads marks as snapshots write them.
     *
     * @param text one mark a line; empty lines, and those that begin with '#', are left out
     * @param place of the text, for messages
     * @return at least one
     * @throws ProbeException if a line is not understood
     */
    public static List<Marks.Mark> parse(String text, String place) {
        return SnapshotText.read(text, place);
    }

    /**
     * Compares, or writes.
     *
     * @param found all marks of a binary
     * @param provider the one whose marks count; {@code ""} for all
     * @param name of the snapshot
     * @param by what asks for this, for messages
     * @return what it led to
     * @throws ProbeException if the binary has no such marks, or the snapshot is missing, not understood, or cannot be written
     */
    public SnapshotResult check(Marks found, String provider, SnapshotName name, String by) {
        Marks marks = wanted(found, provider);
        if (!update) {
            return compare(marks, name);
        }
        SnapshotResult result = write(marks, name, by);
        LOGGER.log(
                System.Logger.Level.WARNING,
                "probeunit.snapshots = update, so no marks were compared for %s: %s"
                        .formatted(
                                by,
                                result instanceof SnapshotResult.Written written
                                        ? (written.isNew() ? "wrote the new snapshot " : "rewrote the snapshot ")
                                                + written.file()
                                        : "the snapshot has these marks already"));
        return result;
    }

    private static Marks wanted(Marks found, String provider) {
        Marks marks = provider.isEmpty() ? found : found.ofProvider(provider);
        if (found.list().isEmpty()) {
            throw new ProbeException(
                    "%s carries no marks (its .note.stapsdt is empty or missing) (PU0727). Was it built with marks? Are they in a library that it loads? Name the file that has them: binary = \"…\".%s"
                            .formatted(found.place(), warnings(found)));
        }
        if (marks.list().isEmpty()) {
            List<String> near = NearestNames.to(provider, found.providers(), NEAREST);
            throw new ProbeException("%s carries no marks of a provider '%s' (PU0727).%s Its providers are: %s.%s"
                    .formatted(
                            found.place(),
                            provider,
                            near.isEmpty() ? "" : " Did you mean '" + String.join("', '", near) + "'?",
                            found.providers().stream()
                                    .map(p -> "%s (%d)"
                                            .formatted(
                                                    p,
                                                    found.ofProvider(p).list().size()))
                                    .collect(Collectors.joining(", ")),
                            warnings(found)));
        }
        return marks;
    }

    private static String warnings(Marks marks) {
        return marks.warnings().stream().map(w -> " " + w).collect(Collectors.joining());
    }

    private SnapshotResult compare(Marks marks, SnapshotName name) {
        SnapshotFiles.Place place = files.find(name)
                .orElseThrow(() -> files.missing(
                        name,
                        "%s has:\n%s"
                                .formatted(
                                        marks.place(),
                                        lines(marks.list()).indent(3).stripTrailing())));
        List<Marks.Mark> expected = SnapshotText.read(place.text(), place.toString());
        MarksDifference difference = MarksDifference.between(expected, marks.list());
        return difference.isNone()
                ? new SnapshotResult.Same(place.toString())
                : new SnapshotResult.Different(
                        place.toString(), lines(expected.stream().sorted().toList()), lines(marks.list()), difference);
    }

    private SnapshotResult write(Marks marks, SnapshotName name, String by) {
        Path file = files.destination(name);
        Written before = written.putIfAbsent(file, new Written(marks.list(), by));
        if (before != null && !before.marks().equals(marks.list())) {
            throw new ProbeException(
                    "Two annotations would write different marks to one snapshot, %s (PU0808): %s and %s. Give each its own snapshot."
                            .formatted(file, before.by(), by));
        }
        return files.write(
                file,
                SnapshotText.write(marks),
                there -> MarksDifference.between(SnapshotText.read(there, file.toString()), marks.list())
                        .isNone());
    }

    private static String lines(List<Marks.Mark> marks) {
        return marks.stream().map(Marks.Mark::toString).collect(Collectors.joining("\n"));
    }
}
