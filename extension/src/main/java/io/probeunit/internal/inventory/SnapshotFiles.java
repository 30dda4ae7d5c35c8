package io.probeunit.internal.inventory;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.NearestNames;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds, reads and writes the files of snapshots in the test resources.
 *
 * @param folder where the sources of the test resources are; empty to find them from the test's class
 */
record SnapshotFiles(Optional<Path> folder) {

    private static final int NEAREST = 3;

    /** A snapshot that is there. */
    record Place(URL url) {

        /** As a person names it: a file by its path. */
        @Override
        public String toString() {
            try {
                return url.getProtocol().equals("file") ? Path.of(url.toURI()).toString() : url.toString();
            } catch (URISyntaxException | IllegalArgumentException noPath) {
                return url.toString();
            }
        }

        String text() {
            try (InputStream content = url.openStream()) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new ProbeException(
                        "The snapshot %s cannot be read (PU0810): %s".formatted(this, e.getMessage()), e);
            }
        }
    }

    /**
     * Finds the snapshot of a name.
     *
     * @return empty if there is none
     * @throws ProbeException if there are two
     */
    Optional<Place> find(SnapshotName name) {
        List<Place> there = name.resources().stream()
                .map(resource -> find(resource, name))
                .flatMap(Optional::stream)
                .map(Place::new)
                .toList();
        if (there.size() > 1) {
            throw new ProbeException(
                    "The snapshot \"%s\" is ambiguous (PU0807): there are %s and %s. Write \"/%1$s\" for the one at the root of the test resources, or remove one."
                            .formatted(name.text(), there.get(0), there.get(1)));
        }
        return there.stream().findFirst();
    }

    /** In the sources, where these are at hand: what is on the class path is older until the next build. */
    private Optional<URL> find(String resource, SnapshotName name) {
        return resourcesFolder(name)
                .map(resources -> resources.resolve(resource))
                .filter(Files::isRegularFile)
                .map(SnapshotFiles::url)
                .or(() -> Optional.ofNullable(loader(name).getResource(resource)));
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    private Optional<Path> resourcesFolder(SnapshotName name) {
        return folder.or(() -> ResourcesFolder.find(name.testClass()));
    }

    /**
     * Says that there is no snapshot, and how to write it.
     *
     * @param now what would be written, with a heading
     */
    ProbeException missing(SnapshotName name, String now) {
        return new ProbeException(
                "There is no snapshot %s in the test resources%s (PU0801). To write it%s, run the test once with -Dprobeunit.snapshots=update, and review it. %s"
                        .formatted(
                                String.join(" or ", name.resources()),
                                nearest(name),
                                destinationIfKnown(name)
                                        .map(file -> " to " + file)
                                        .orElse(""),
                                now));
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

    private static Path destination(Path resources, SnapshotName name) {
        List<Path> candidates =
                name.resources().stream().map(resources::resolve).toList();
        return candidates.stream().filter(Files::exists).findFirst().orElse(candidates.get(0));
    }

    /**
     * Where the snapshot is in the sources, or would be.
     *
     * @throws ProbeException if the sources are not known
     */
    Path destination(SnapshotName name) {
        return destinationIfKnown(name)
                .orElseThrow(() -> new ProbeException(ResourcesFolder.unknown(name.testClass())));
    }

    /**
     * Writes a snapshot, unless there is one that says the same: that one may have comments of a person.
     *
     * @param isSame says whether a text that is there says the same; may throw {@link ProbeException} for a damaged one
     */
    SnapshotResult write(Path file, String text, Predicate<String> isSame) {
        boolean isThere = Files.exists(file);
        if (isThere && isSame(file, isSame)) {
            return new SnapshotResult.Same(file.toString());
        }
        try {
            Files.createDirectories(file.getParent());
            // in one step, so that nobody reads half of it
            Path half = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
            try {
                Files.writeString(half, text);
                Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new ProbeException("The snapshot %s could not be written (PU0809): %s".formatted(file, e), e);
        }
        return new SnapshotResult.Written(file, !isThere);
    }

    private static boolean isSame(Path file, Predicate<String> isSame) {
        try {
            return isSame.test(Files.readString(file));
        } catch (IOException | ProbeException damaged) {
            return false;
        }
    }

    private static ClassLoader loader(SnapshotName name) {
        return Optional.ofNullable(name.testClass().getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
    }
}
