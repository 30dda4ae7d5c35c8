package io.probeunit.internal.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.util.List;
import org.testcontainers.containers.ContainerState;

/**
 * A container that this JVM did not start, as Testcontainers shows its own.
 *
 * @param id 64 hexadecimal digits
 */
record ExistingContainer(String id) implements ContainerState {

    @Override
    public String getContainerId() {
        return id;
    }

    @Override
    public List<Integer> getExposedPorts() {
        return List.of();
    }

    @Override
    public InspectContainerResponse getContainerInfo() {
        return getCurrentContainerInfo();
    }
}
