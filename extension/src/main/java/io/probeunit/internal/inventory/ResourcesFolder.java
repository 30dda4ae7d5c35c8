package io.probeunit.internal.inventory;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the sources of the test resources from the folder of the test classes: for Maven, Gradle, and similar builds.
 */
final class ResourcesFolder {

    /** Where Gradle puts the classes of a source set: {@code build/classes/java/test}. */
    private static final Pattern GRADLE = Pattern.compile(".*/build/classes/[^/]+/([^/]+)/?");

    private ResourcesFolder() {}

    /**
     * Finds the folder that a test class's resources come from.
     *
     * @return {@code src/test/resources} of its project, which may not exist yet; empty if its project is not found
     */
    static Optional<Path> find(Class<?> testClass) {
        return classes(testClass).flatMap(ResourcesFolder::above);
    }

    /** Says that the project of a test class was not found, and what to do. */
    static String unknown(Class<?> testClass) {
        return "It is not known where the test resources of %s come from (PU0811): its classes are in %s, and no folder above has a src/test. Set probeunit.snapshots.folder to the folder of the resources' sources."
                .formatted(
                        testClass.getName(),
                        classes(testClass).map(Path::toString).orElse("no folder"));
    }

    static Optional<Path> above(Path classes) {
        Matcher gradle = GRADLE.matcher(classes.toString().replace('\\', '/'));
        String sourceSet = gradle.matches() ? gradle.group(1) : "test";
        return Stream.iterate(classes.toAbsolutePath(), above -> above != null, Path::getParent)
                .map(above -> above.resolve("src").resolve(sourceSet))
                .filter(Files::isDirectory)
                .map(sources -> sources.resolve("resources"))
                .findFirst();
    }

    private static Optional<Path> classes(Class<?> testClass) {
        return Optional.ofNullable(testClass.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .flatMap(ResourcesFolder::path)
                .filter(Files::isDirectory);
    }

    private static Optional<Path> path(URL url) {
        try {
            return Optional.of(Path.of(new URI(url.toString())));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException noFile) {
            return Optional.empty();
        }
    }
}
