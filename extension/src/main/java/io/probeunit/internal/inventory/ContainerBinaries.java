package io.probeunit.internal.inventory;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryException;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.targets.ContainerStatus;
import java.util.function.BiFunction;

/** Binaries in containers of Testcontainers, whatever this user may see of them. Thread-safe. */
final class ContainerBinaries {

    private final HostView hostView;

    ContainerBinaries(Host host) {
        this.hostView = new HostView(host);
    }

    /**
     * Reads a binary of a container that a test names itself.
     *
     * @param container of Testcontainers
     * @param binary an absolute path, a file name, or {@code ""}
     * @param reading from the container's name for messages and the file
     * @throws ProbeException if there is no such container or file, or the file is no binary
     */
    <T> T read(Object container, String binary, BiFunction<String, FoundBinary, T> reading) {
        DockerContainer docker = docker(container);
        String name = docker.status()
                .map(ContainerStatus::name)
                .filter(n -> !n.isEmpty())
                .orElse("(" + container.getClass().getSimpleName() + ")");
        try {
            return find(name, docker, BinarySelector.parse(binary), reading);
        } catch (PlanException e) {
            throw new ProbeException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads a binary of a target.
     *
     * @param name of the target, for messages
     * @param container of Testcontainers
     * @throws ProbeException if there is no such container or file, or the file is no binary
     */
    <T> T read(String name, Object container, BinarySelector selector, BiFunction<String, FoundBinary, T> reading) {
        return find(name, docker(container), selector, reading);
    }

    private <T> T find(
            String name, DockerContainer docker, BinarySelector selector, BiFunction<String, FoundBinary, T> reading) {
        ContainerStatus status = docker.status()
                .orElseThrow(() -> new ProbeException(
                        "The container %s does not exist: it was not started, or it was removed (PU0415). Start it before its marks or functions are read, for example with @Testcontainers and @Container, or with start()."
                                .formatted(name)));
        FoundBinary found = hostView.find(name, docker, selector)
                .orElseGet(() -> new DaemonView(name, docker, status).find(selector));
        try {
            return reading.apply(name, found);
        } catch (BinaryException e) {
            throw new ProbeException("In container %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static DockerContainer docker(Object container) {
        return DockerContainer.of(container)
                .orElseThrow(() -> new ProbeException(
                        "An object of type %s is not a container that ProbeUnit knows (PU0814); give a container of Testcontainers."
                                .formatted(container.getClass().getName())));
    }
}
