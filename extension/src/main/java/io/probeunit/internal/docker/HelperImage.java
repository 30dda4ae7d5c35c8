package io.probeunit.internal.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/** An image of which a helper is made. */
public sealed interface HelperImage {

    /**
     * What the image is called.
     *
     * @return as for {@code docker run}
     */
    String name();

    /**
     * Makes sure that the daemon has the image.
     *
     * @return the name by which containers are created
     * @throws DockerAccessException if it cannot be pulled or built
     */
    String prepare();

    /**
     * An image that somebody else has made; pulled where the daemon does not have it.
     *
     * @param name as for {@code docker run}
     */
    record Named(String name) implements HelperImage {
        @Override
        public String prepare() {
            try {
                return new RemoteDockerImage(DockerImageName.parse(name)).get();
            } catch (RuntimeException e) {
                throw new DockerAccessException(
                        "The image %s is not there and could not be pulled (PU1020): %s".formatted(name, reason(e)), e);
            }
        }
    }

    /**
     * An image that is built once, and then stays with the daemon.
     *
     * @param name with a tag that is another one for another content
     * @param dockerfile the recipe, which takes no files
     */
    record Built(String name, String dockerfile) implements HelperImage {
        @Override
        public String prepare() {
            if (isThere(name)) {
                return name;
            }
            try {
                return new ImageFromDockerfile(name, false)
                        .withFileFromString("Dockerfile", dockerfile)
                        .get();
            } catch (RuntimeException e) {
                throw new DockerAccessException(
                        "The image %s could not be built (PU1021): %s".formatted(name, reason(e)), e);
            }
        }
    }

    /**
     * An image that holds some files and nothing else: nothing is pulled or built for it. It stays with the daemon.
     *
     * @param name with a tag that is another one for other files
     * @param files what is in it
     */
    record Imported(String name, Archive files) implements HelperImage {
        @Override
        public String prepare() {
            if (!isThere(name)) {
                try {
                    DockerClientFactory.instance()
                            .client()
                            .loadImageCmd(new ByteArrayInputStream(files.image(name)))
                            .exec();
                } catch (RuntimeException e) {
                    throw new DockerAccessException(
                            "The image %s could not be imported (PU1041): %s".formatted(name, reason(e)), e);
                }
            }
            return name;
        }
    }

    private static boolean isThere(String name) {
        try {
            DockerClientFactory.instance().client().inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
