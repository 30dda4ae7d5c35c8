package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.MarksReader;
import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.engine.MarkList;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.plan.BinarySelector;

/** Reads the marks of binaries in containers of Testcontainers. Thread-safe. */
public final class ContainerMarks implements MarksReader {

    private final ContainerBinaries binaries;

    /** Made by {@link java.util.ServiceLoader}. */
    public ContainerMarks() {
        this(new LocalHost());
    }

    ContainerMarks(Host host) {
        this.binaries = new ContainerBinaries(host);
    }

    @Override
    public Marks read(Object container, String binary) {
        return binaries.read(container, binary, ContainerMarks::marks);
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
        return binaries.read(name, container, binary, ContainerMarks::marks);
    }

    /**
     * Reads the marks of a container's binary, and which of them cannot be probed.
     *
     * @param name of the container, for messages
     * @param container of Testcontainers
     * @param binary which one; {@link BinarySelector.TargetDefault} for the main executable
     * @return its marks as of now
     * @throws ProbeException if there is no such container or file, or the file is no binary
     */
    public ProbeableMarks probeable(String name, Object container, BinarySelector binary) {
        return binaries.read(name, container, binary, ContainerMarks::probeable);
    }

    private static ProbeableMarks probeable(String container, FoundBinary found) {
        BinaryFile file = BinaryReader.read(found.content(), found.path());
        MarkList list = MarkList.of(file, found.content());
        return new ProbeableMarks(
                new Marks(
                        container,
                        found.path(),
                        list.marks().stream().map(Signatures::of).toList(),
                        file.warnings()),
                list.leftOut().stream()
                        .map(one -> new ProbeableMarks.Refused(one.name(), one.reason()))
                        .toList());
    }

    private static Marks marks(String container, FoundBinary found) {
        BinaryFile file = BinaryReader.read(found.content(), found.path());
        return new Marks(
                container,
                found.path(),
                file.marks().stream().map(Signatures::of).toList(),
                file.warnings());
    }
}
