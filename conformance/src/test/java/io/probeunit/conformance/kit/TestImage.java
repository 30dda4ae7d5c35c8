package io.probeunit.conformance.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** Images that are built from folders of the test resources: once a JVM, and quickly where they were built before. */
public final class TestImage {

    private TestImage() {}

    /** Builds the image from a folder, under the folder's name. */
    public static ImageFromDockerfile of(String folder) {
        Path sources = sources(folder);
        return new ImageFromDockerfile("probeunit-conformance/%s:%s".formatted(folder, checksum(sources)), false)
                .withFileFromPath(".", sources);
    }

    /** Builds one stage of the image alone, under the folder's and the stage's name. */
    public static ImageFromDockerfile of(String folder, String stage) {
        Path sources = sources(folder);
        return new ImageFromDockerfile(
                        "probeunit-conformance/%s-%s:%s".formatted(folder, stage, checksum(sources)), false)
                .withFileFromPath(".", sources)
                .withTarget(stage);
    }

    private static Path sources(String folder) {
        try {
            return Path.of(TestImage.class.getResource("/" + folder).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Part of the image's name: two checkouts on one machine must not replace each other's image. */
    private static String checksum(Path folder) {
        CRC32 checksum = new CRC32();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                checksum.update(Files.readAllBytes(file));
            }
            return Long.toHexString(checksum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
