package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.plan.BinarySelector;

/** Reads marks in containers of Testcontainers. */
public final class ContainerInventory implements Inventory {

    private final ContainerMarks marks;

    public ContainerInventory(ContainerMarks marks) {
        this.marks = marks;
    }

    @Override
    public boolean isContainer(Object value) {
        return DockerContainer.of(value).isPresent();
    }

    @Override
    public Marks read(String target, Object container, BinarySelector binary) {
        return marks.read(target, container, binary);
    }
}
