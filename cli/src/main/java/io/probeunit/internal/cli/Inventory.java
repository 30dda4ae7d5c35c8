package io.probeunit.internal.cli;

import io.probeunit.Functions;
import io.probeunit.internal.inventory.ContainerFunctions;
import io.probeunit.internal.inventory.ContainerMarks;
import io.probeunit.internal.inventory.ProbeableMarks;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.NamePattern;

/** What can be probed in binaries of containers. */
interface Inventory {

    /** Reads the marks of a binary. */
    ProbeableMarks marks(Subject subject, BinarySelector binary);

    /** Reads the functions of a binary that have a name. */
    Functions functions(Subject subject, BinarySelector binary, NamePattern glob);

    /** As {@code Marks.of} and {@code Functions.of} read them. */
    static Inventory ofContainers() {
        ContainerMarks marks = new ContainerMarks();
        ContainerFunctions functions = new ContainerFunctions();
        return new Inventory() {
            @Override
            public ProbeableMarks marks(Subject subject, BinarySelector binary) {
                return marks.probeable(subject.name(), subject.container(), binary);
            }

            @Override
            public Functions functions(Subject subject, BinarySelector binary, NamePattern glob) {
                return functions.read(subject.name(), subject.container(), binary, glob);
            }
        };
    }
}
