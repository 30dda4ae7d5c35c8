package io.probeunit.conformance.kit;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.LazyFuture;

/**
 * Images that are built from folders of the test resources: once, since their names tell their content. A daemon that
 * builds slowly, or reaches no packages, can be given them instead.
 */
public final class TestImage {

    /** One of a name, so that two threads do not build the same one. */
    private static final Map<String, LazyFuture<String>> IMAGES = new ConcurrentHashMap<>();

    private TestImage() {}

    /** Those of the whole suite, in the order in which it wants them. */
    static List<LazyFuture<String>> ofTheSuite() {
        return List.of(
                of("truth", "truth"),
                of("cases", "programs"),
                of("daemon"),
                of("job"),
                of("truth", "with-systemtap"),
                of("postgresql"),
                of("cases", "emulators"),
                of("stacks", "programs"),
                of("python"),
                of("names", "programs"),
                of("sidecar-java"),
                of("starts", "starts"));
    }

    /** The image of a folder, under the folder's name; built where the daemon does not have it. */
    public static LazyFuture<String> of(String folder) {
        return image(folder, folder, build -> build);
    }

    /** One stage of the image alone, under the folder's and the stage's name. */
    public static LazyFuture<String> of(String folder, String stage) {
        return image(folder, folder + "-" + stage, build -> build.withTarget(stage));
    }

    private static LazyFuture<String> image(String folder, String shortName, UnaryOperator<ImageFromDockerfile> what) {
        Path sources = sources(folder);
        String name = "probeunit-conformance/%s:%s".formatted(shortName, checksum(sources));
        return IMAGES.computeIfAbsent(name, key -> new LazyFuture<>() {
            @Override
            protected String resolve() {
                return isThere(name)
                        ? name
                        : what.apply(new ImageFromDockerfile(name, false).withFileFromPath(".", sources))
                                .get();
            }
        });
    }

    private static boolean isThere(String name) {
        try {
            DockerClientFactory.instance().client().inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Builds the image from a folder, where that was not done before; its name. */
    static String named(String folder) {
        return of(folder).get();
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
