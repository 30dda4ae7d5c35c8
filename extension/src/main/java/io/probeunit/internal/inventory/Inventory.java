package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.BinarySelector;

/** Reads the marks of binaries in containers. */
public interface Inventory {

    /** Says whether an object is a container of a kind that we know. */
    boolean isContainer(Object value);

    /**
     * Reads the marks of one binary.
     *
     * @param target its name, for messages
     * @throws ProbeException if there is no such container or file, or the file is no binary
     */
    Marks read(String target, Object container, BinarySelector binary);
}
