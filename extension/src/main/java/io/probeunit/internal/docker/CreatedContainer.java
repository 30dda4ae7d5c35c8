package io.probeunit.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HostConfig;
import io.probeunit.ProbeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container that the daemon has created, and not started.
 *
 * @param id its full id
 * @param program what it is going to run, as the image or the test names it
 * @param searchPath {@code PATH} of its environment, if it is set
 * @param layers the folders of its layers on the daemon's machine, the uppermost first
 * @param mounts where something is going to be mounted in it
 */
public record CreatedContainer(
        String id, String program, Optional<String> searchPath, List<String> layers, List<String> mounts) {

    private static final String PATH = "PATH=";

    /** Keeps copies of the lists. */
    public CreatedContainer {
        layers = List.copyOf(layers);
        mounts = List.copyOf(mounts);
    }

    /**
     * Asks the daemon.
     *
     * @throws ProbeException if its files are not in layers of overlay2
     * @throws DockerAccessException if the daemon does not answer
     */
    static CreatedContainer of(DockerClient docker, String id) {
        try {
            return of(docker.inspectContainerCmd(id).exec());
        } catch (ProbeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DockerAccessException(
                    "The Docker daemon did not describe the container %s before its start (PU1708): %s"
                            .formatted(id, e.getMessage()),
                    e);
        }
    }

    private static CreatedContainer of(InspectContainerResponse answer) {
        return new CreatedContainer(
                answer.getId(),
                Objects.requireNonNullElse(answer.getPath(), ""),
                Stream.ofNullable(answer.getConfig())
                        .map(ContainerConfig::getEnv)
                        .filter(Objects::nonNull)
                        .flatMap(Arrays::stream)
                        .filter(variable -> variable.startsWith(PATH))
                        .map(variable -> variable.substring(PATH.length()))
                        .findFirst(),
                layers(answer),
                mounts(answer));
    }

    /** docker-java has no members for them. */
    private static List<String> layers(InspectContainerResponse answer) {
        Map<?, ?> driver = map(answer.getRawValues().get("GraphDriver"));
        Map<?, ?> data = map(driver.get("Data"));
        if (data.get("UpperDir") instanceof String upper && data.get("LowerDir") instanceof String lower) {
            List<String> layers = new ArrayList<>(List.of(upper));
            layers.addAll(List.of(lower.split(":")));
            return layers;
        }
        throw new ProbeException(
                "The files of a container that has not started can be probed only in the layers of the storage driver overlay2 (PU1709); the Docker daemon uses '%s', and names no layers. Set \"storage-driver\": \"overlay2\" for the daemon (and \"features\": {\"containerd-snapshotter\": false}), or use window = LIFECYCLE, which begins when the container runs."
                        .formatted(Objects.requireNonNullElse(answer.getDriver(), "unknown")));
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> mounts(InspectContainerResponse answer) {
        return Stream.concat(
                        Stream.ofNullable(answer.getMounts())
                                .flatMap(List::stream)
                                .flatMap(mount -> Stream.ofNullable(mount.getDestination()))
                                .map(destination -> destination.getPath()),
                        Stream.ofNullable(answer.getHostConfig())
                                .map(HostConfig::getTmpFs)
                                .filter(Objects::nonNull)
                                .flatMap(tmpfs -> tmpfs.keySet().stream()))
                .distinct()
                .toList();
    }
}
