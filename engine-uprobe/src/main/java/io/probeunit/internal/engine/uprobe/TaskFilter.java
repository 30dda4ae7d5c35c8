package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.targets.Cgroup;

/** The beginning of a program: continues for tasks of one container, else jumps to the label {@link CgroupFilter#OUT}. */
@FunctionalInterface
interface TaskFilter {

    /** Changes R0 to R5 and R7. */
    void write(Assembler assembler);

    /** Tasks in a cgroup that is known, or below it. */
    static TaskFilter of(Cgroup cgroup) {
        return assembler -> CgroupFilter.write(assembler, cgroup);
    }
}
