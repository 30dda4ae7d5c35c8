package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.NearestNames;
import io.probeunit.internal.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares marks with snapshots in the test resources, or writes these. Thread-safe. */
public final class MarkSnapshots {

    private static final int NEAREST = 3;
    private static final System.Logger LOGGER = System.getLogger("io.probeunit");

    private final boolean update;
    private final Optional<Path> folder;
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
        this.folder = folder;
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
        List<URL> there = name.resources().stream()
                .map(resource -> find(resource, name))
                .flatMap(Optional::stream)
                .toList();
        if (there.isEmpty()) {
            throw new ProbeException(missing(marks, name));
        }
        if (there.size() > 1) {
            throw new ProbeException(
                    "The snapshot \"%s\" is ambiguous (PU0807): there are %s and %s. Write \"/%1$s\" for the one at the root of the test resources, or remove one."
                            .formatted(name.text(), place(there.get(0)), place(there.get(1))));
        }
        String place = place(there.get(0));
        List<Marks.Mark> expected = SnapshotText.read(text(there.get(0)), place);
        MarksDifference difference = MarksDifference.between(expected, marks.list());
        return difference.isNone()
                ? new SnapshotResult.Same(place)
                : new SnapshotResult.Different(
                        place, lines(expected.stream().sorted().toList()), lines(marks.list()), difference);
    }

    /** In the sources, where these are at hand: what is on the class path is older until the next build. */
    private Optional<URL> find(String resource, SnapshotName name) {
        return resourcesFolder(name)
                .map(resources -> resources.resolve(resource))
                .filter(Files::isRegularFile)
                .map(MarkSnapshots::url)
                .or(() -> Optional.ofNullable(loader(name).getResource(resource)));
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    /** As a person names it: a file by its path. */
    private static String place(URL resource) {
        try {
            return resource.getProtocol().equals("file")
                    ? Path.of(resource.toURI()).toString()
                    : resource.toString();
        } catch (URISyntaxException | IllegalArgumentException noPath) {
            return resource.toString();
        }
    }

    private Optional<Path> resourcesFolder(SnapshotName name) {
        return folder.or(() -> ResourcesFolder.find(name.testClass()));
    }

    private String missing(Marks marks, SnapshotName name) {
        return "There is no snapshot %s in the test resources%s (PU0801). To write it%s, run the test once with -Dprobeunit.snapshots=update, and review it. %s has:\n%s"
                .formatted(
                        String.join(" or ", name.resources()),
                        nearest(name),
                        destinationIfKnown(name).map(file -> " to " + file).orElse(""),
                        marks.place(),
                        lines(marks.list()).indent(3).stripTrailing());
    }

    private String nearest(SnapshotName name) {
        return destinationIfKnown(name)
                .map(file -> NearestNames.to(file.getFileName().toString(), namesIn(file.getParent()), NEAREST))
                .filter(near -> !near.isEmpty())
                .map(near -> " (nearest there: " + String.join(", ", near) + ")")
                .orElse("");
    }

    private static List<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException noSuchFolder) {
            return List.of();
        }
    }

    private Optional<Path> destinationIfKnown(SnapshotName name) {
        return resourcesFolder(name).map(resources -> destination(resources, name));
    }

    /** Where the snapshot is in the sources, or would be. */
    private static Path destination(Path resources, SnapshotName name) {
        List<Path> candidates =
                name.resources().stream().map(resources::resolve).toList();
        return candidates.stream().filter(Files::exists).findFirst().orElse(candidates.get(0));
    }

    private SnapshotResult write(Marks marks, SnapshotName name, String by) {
        Path file = destinationIfKnown(name)
                .orElseThrow(() -> new ProbeException(ResourcesFolder.unknown(name.testClass())));
        Written before = written.putIfAbsent(file, new Written(marks.list(), by));
        if (before != null && !before.marks().equals(marks.list())) {
            throw new ProbeException(
                    "Two annotations would write different marks to one snapshot, %s (PU0808): %s and %s. Give each its own snapshot."
                            .formatted(file, before.by(), by));
        }
        boolean isThere = Files.exists(file);
        if (isThere && isSame(file, marks)) {
            return new SnapshotResult.Same(file.toString());
        }
        try {
            Files.createDirectories(file.getParent());
            // in one step, so that nobody reads half of it
            Path half = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
            try {
                Files.writeString(half, SnapshotText.write(marks));
                Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new ProbeException("The snapshot %s could not be written (PU0809): %s".formatted(file, e), e);
        }
        return new SnapshotResult.Written(file, !isThere);
    }

    /** Then it stays as it is, with the comments that a person may have added. */
    private static boolean isSame(Path file, Marks marks) {
        try {
            return MarksDifference.between(SnapshotText.read(Files.readString(file), file.toString()), marks.list())
                    .isNone();
        } catch (IOException | ProbeException damaged) {
            return false;
        }
    }

    private static ClassLoader loader(SnapshotName name) {
        return Optional.ofNullable(name.testClass().getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
    }

    private static String text(URL resource) {
        try (InputStream content = resource.openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProbeException(
                    "The snapshot %s cannot be read (PU0810): %s".formatted(place(resource), e.getMessage()), e);
        }
    }

    private static String lines(List<Marks.Mark> marks) {
        return marks.stream().map(Marks.Mark::toString).collect(Collectors.joining("\n"));
    }
}
