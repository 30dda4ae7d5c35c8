package io.probeunit.conformance.kit;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.List;
import org.testcontainers.containers.ContainerState;

/** A truth container that another JVM has started; see {@link ChildJvm#watching}. */
public final class AttachedTruth implements ContainerState {

    static final String CONTAINER = "build.conformance.container";

    private final String id;

    /** Finds the container that this JVM was given. */
    public AttachedTruth() {
        id = System.getProperty(CONTAINER);
        if (id == null) {
            throw new IllegalStateException("This class runs in a JVM that is given a container: " + CONTAINER);
        }
    }

    /** A new connection. */
    public Truth truth() {
        return Truth.connect(getHost(), getMappedPort(TruthContainer.PORT));
    }

    @Override
    public String getContainerId() {
        return id;
    }

    @Override
    public InspectContainerResponse getContainerInfo() {
        return getDockerClient().inspectContainerCmd(id).exec();
    }

    @Override
    public List<Integer> getExposedPorts() {
        return List.of(TruthContainer.PORT);
    }
}
