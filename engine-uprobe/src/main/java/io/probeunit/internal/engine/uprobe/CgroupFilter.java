package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.targets.Cgroup;

/**
 * The beginning of a program: continues if the task is in a cgroup or below it, else jumps to the label {@link #OUT}.
 */
final class CgroupFilter {

    /** Where the program ends. */
    static final String OUT = "out";

    private CgroupFilter() {}

    /** Changes R0 to R5 and R7. */
    static void write(Assembler assembler, Cgroup cgroup) {
        if (!cgroup.levels().isKnown()) {
            atAnyLevel(assembler, cgroup);
            return;
        }
        assembler
                .move(Reg.R1, cgroup.levels().smallest())
                .call(BpfFunction.GET_CURRENT_ANCESTOR_CGROUP_ID)
                .constant(Reg.R1, cgroup.id())
                .jump(Jump.NOT_EQUAL, Reg.R0, Reg.R1, OUT);
    }

    /** Leaves where the levels go beyond the task's own group, for which the kernel answers 0. */
    private static void atAnyLevel(Assembler assembler, Cgroup cgroup) {
        assembler.constant(Reg.R7, cgroup.id());
        cgroup.levels()
                .all()
                .forEach(level -> assembler
                        .move(Reg.R1, level)
                        .call(BpfFunction.GET_CURRENT_ANCESTOR_CGROUP_ID)
                        .jump(Jump.EQUAL, Reg.R0, Reg.R7, "target")
                        .jump(Jump.EQUAL, Reg.R0, 0, OUT));
        assembler.jump(OUT).label("target");
    }
}
