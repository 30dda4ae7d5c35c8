package io.probeunit.internal.inventory;

import io.probeunit.Functions;
import io.probeunit.FunctionsReader;
import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.engine.FunctionList;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.NamePattern;

/** Reads the functions of binaries in containers of Testcontainers. Thread-safe. */
public final class ContainerFunctions implements FunctionsReader {

    private final ContainerBinaries binaries = new ContainerBinaries(new LocalHost());

    /** Made by {@link java.util.ServiceLoader}. */
    public ContainerFunctions() {}

    @Override
    public Functions read(Object container, String binary, String glob) {
        return binaries.read(container, binary, (name, found) -> functions(name, found, new NamePattern(glob)));
    }

    /**
     * Reads the functions of a container's binary.
     *
     * @param name of the container, for messages
     * @param container of Testcontainers
     * @param binary which one; {@link BinarySelector.TargetDefault} for the main executable
     * @param glob a name or a glob
     * @return its functions as of now
     * @throws ProbeException if there is no such container, file or function, or the file is no binary
     */
    public Functions read(String name, Object container, BinarySelector binary, NamePattern glob) {
        return binaries.read(name, container, binary, (of, found) -> functions(of, found, glob));
    }

    private static Functions functions(String container, FoundBinary found, NamePattern glob) {
        return FunctionList.of(
                container, BinaryReader.read(found.content(), found.path(), found.debugFiles()), found.content(), glob);
    }
}
