package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.MarksReader;
import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.targets.ContainerStatus;

/** Reads the marks of binaries in containers of Testcontainers. Thread-safe. */
public final class ContainerMarks implements MarksReader {

    private final HostView hostView;

    /** Made by {@link java.util.ServiceLoader}. */
    public ContainerMarks() {
        this(new LocalHost());
    }

    ContainerMarks(Host host) {
        this.hostView = new HostView(host);
    }

    @Override
    public Marks read(Object container, String binary) {
        DockerContainer docker = docker(container);
        String name = docker.status()
                .map(ContainerStatus::name)
                .filter(n -> !n.isEmpty())
                .orElse("(" + container.getClass().getSimpleName() + ")");
        try {
            return read(name, docker, BinarySelector.parse(binary));
        } catch (PlanException e) {
            throw new ProbeException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads the marks of a target's binary.
     *
     * @param name of the target, for messages
     * @param container of Testcontainers
     * @param binary which one; {@link BinarySelector.TargetDefault} for the main executable
     * @return its marks as of now
     * @throws ProbeException if there is no such container or file, or the file is no binary
     */
    public Marks read(String name, Object container, BinarySelector binary) {
        return read(name, docker(container), binary);
    }

    private Marks read(String name, DockerContainer container, BinarySelector selector) {
        ContainerStatus status = container
                .status()
                .orElseThrow(() -> new ProbeException(
                        "The container %s does not exist: it was not started, or it was removed (PU0415). Start it before its marks are read, for example with @Testcontainers and @Container, or with start()."
                                .formatted(name)));
        FoundBinary found = hostView.find(name, container, selector)
                .orElseGet(() -> new DaemonView(name, container, status).find(selector));
        try {
            BinaryFile file = BinaryReader.read(found.content(), found.path());
            return new Marks(
                    name,
                    found.path(),
                    file.marks().stream().map(Signatures::of).toList(),
                    file.warnings());
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
