package io.probeunit.internal.docker;

import java.util.List;
import java.util.Optional;

/** The Docker daemon, asked for what no test has started. Thread-safe. */
public interface Daemon {

    /**
     * What the daemon is.
     *
     * @param version of the daemon
     * @param api the version of its API
     * @param kernel of the machine that it runs containers on
     * @param machine its architecture
     */
    record Version(String version, String api, String kernel, String machine) {}

    /**
     * A container of the daemon.
     *
     * @param id 64 hexadecimal digits
     * @param name without a slash
     * @param image as it was created from
     * @param isRunning whether it has processes
     */
    record Listed(String id, String name, String image, boolean isRunning) {}

    /**
     * An image of the daemon.
     *
     * @param id as the daemon names it
     * @param command what a container of it would run: its entrypoint, then its command
     */
    record Image(String id, List<String> command) {
        /** Takes a copy of the list. */
        public Image {
            command = List.copyOf(command);
        }
    }

    /** A container that was made for its files, and is never started. Closing it removes it. */
    interface Created extends AutoCloseable {

        /** The container, as {@link DockerContainer#of} knows it. */
        Object container();

        /** Removes it. Does nothing the second time. */
        @Override
        void close();
    }

    /**
     * Asks for the version.
     *
     * @throws DockerAccessException if no daemon can be reached
     */
    Version version();

    /**
     * Lists containers.
     *
     * @return all, running or not
     * @throws DockerAccessException if no daemon can be reached
     */
    List<Listed> containers();

    /**
     * A container that exists.
     *
     * @param id 64 hexadecimal digits
     * @return the container, as {@link DockerContainer#of} knows it
     */
    Object container(String id);

    /**
     * Lists images.
     *
     * @return their names with tags
     * @throws DockerAccessException if no daemon can be reached
     */
    List<String> images();

    /**
     * Finds an image.
     *
     * @param name as for {@code docker run}, or an id
     * @return empty if the daemon does not have it; nothing is pulled
     * @throws DockerAccessException if no daemon can be reached
     */
    Optional<Image> image(String name);

    /**
     * Makes a container of an image, for its files.
     *
     * @param image that the daemon has
     * @throws DockerAccessException if the daemon refuses
     */
    Created create(String image);
}
