package io.probeunit.internal.inventory;

import io.probeunit.Functions;
import io.probeunit.FunctionsReader;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.engine.FunctionList;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.plan.NamePattern;

/** Reads the functions of binaries in containers of Testcontainers. Thread-safe. */
public final class ContainerFunctions implements FunctionsReader {

    private final ContainerBinaries binaries = new ContainerBinaries(new LocalHost());

    /** Made by {@link java.util.ServiceLoader}. */
    public ContainerFunctions() {}

    @Override
    public Functions read(Object container, String binary, String glob) {
        return binaries.read(
                container,
                binary,
                (name, found) -> FunctionList.of(
                        name,
                        BinaryReader.read(found.content(), found.path(), found.debugFiles()),
                        found.content(),
                        new NamePattern(glob)));
    }
}
