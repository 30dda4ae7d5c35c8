package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.engine.uprobe.Assembler.Operation;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.kernel.Glance;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SharedMemory;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.Target;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The cgroup of a container that has none yet: a program at the tracepoint {@code cgroup_mkdir} notes its id and level when
 * the kernel makes it, before any process can be in it. Until then no task passes the filter.
 *
 * <p>The name of the folder says whose it is: runtimes put the container's id there, alone or behind {@code docker-} or
 * {@code libpod-}. A container that is started again has a new cgroup, which is noted in the place of the old one.
 */
final class CgroupToCome implements TaskFilter, AutoCloseable {

    private static final String MADE = "cgroup_mkdir";

    /** In the memory that the programs share. */
    private static final int ID = 0;

    private static final int LEVEL = 8;
    private static final int TIMES = 16;
    private static final int BYTES = 24;

    private static final int ID_DIGITS = 64;

    /** Both prefixes have this length. */
    private static final int PREFIX = "docker-".length();

    /** On the stack of the program. */
    private static final int NAME = -80;

    private static final int NAME_BYTES = 80;
    private static final int VALUE = -88;

    private final Kernel kernel;
    private final Target target;
    private final int descriptor;
    private final SharedMemory memory;

    private CgroupToCome(Kernel kernel, Target target, int descriptor, SharedMemory memory) {
        this.kernel = kernel;
        this.target = target;
        this.descriptor = descriptor;
        this.memory = memory;
    }

    static CgroupToCome of(Kernel kernel, Bpf bpf, Target target) {
        int descriptor = bpf.array(BYTES);
        try {
            return new CgroupToCome(kernel, target, descriptor, kernel.share(descriptor, BYTES, true, 0));
        } catch (KernelException e) {
            Release.after(e, () -> Release.descriptor(kernel, descriptor));
            throw new EngineException(
                    "Could not map %d bytes of a BPF map with mmap(2) (PU1704): %s".formatted(BYTES, e.getMessage()),
                    e);
        }
    }

    /** Begins to wait for the cgroup; until the descriptor is closed. */
    int await(Host host, Bpf bpf) {
        return bpf.tracepoint(MADE, noting(Members.of(TypeInformation.of(host)), target.containerId(), descriptor));
    }

    /** What is to be looked at before {@link #doubt} is asked. */
    Glance glance() {
        return memory;
    }

    /** Whether the container was started once, as far as the kernel made cgroups for it. */
    Optional<Doubt> doubt() {
        long times = memory.get(TIMES);
        if (times == 0) {
            return Optional.of(Doubt.missed(
                    "the kernel made no cgroup v2 for container %s alone, by which its calls would have been counted; let the container start, on a machine with cgroup v2"
                            .formatted(target.name())));
        }
        return times == 1
                ? Optional.empty()
                : Optional.of(Doubt.others(
                        "container %s was started %d times in this window, and the counts are those of all these starts; let it start once, without a restart policy"
                                .formatted(target.name(), times)));
    }

    @Override
    public void write(Assembler assembler) {
        assembler
                .mapValue(Reg.R1, descriptor, 0)
                .load(Width.DOUBLE, Reg.R7, Reg.R1, ID)
                .jump(Jump.EQUAL, Reg.R7, 0, CgroupFilter.OUT)
                .load(Width.DOUBLE, Reg.R1, Reg.R1, LEVEL)
                .call(BpfFunction.GET_CURRENT_ANCESTOR_CGROUP_ID)
                .jump(Jump.NOT_EQUAL, Reg.R0, Reg.R7, CgroupFilter.OUT);
    }

    @Override
    public void close() {
        Release.all(memory::close, () -> Release.descriptor(kernel, descriptor));
    }

    /**
     * Where the kernel has what is asked for.
     *
     * @param root offset of {@code cgroup.root}
     * @param hierarchy offset of {@code cgroup_root.hierarchy_id}, which is 0 for cgroup v2
     * @param node offset of {@code cgroup.kn}
     * @param level offset of {@code cgroup.level}
     * @param id offset of {@code kernfs_node.id}
     * @param name offset of {@code kernfs_node.name}
     */
    record Members(int root, int hierarchy, int node, int level, int id, int name) {

        static Members of(TypeInformation types) {
            return new Members(
                    types.offset("cgroup", "root"),
                    types.offset("cgroup_root", "hierarchy_id"),
                    types.offset("cgroup", "kn"),
                    types.offset("cgroup", "level"),
                    types.offset("kernfs_node", "id"),
                    types.offset("kernfs_node", "name"));
        }
    }

    /** The program at the tracepoint, whose first argument is the cgroup. R7 is the cgroup, R8 its node, R9 its id. */
    static Assembler noting(Members members, String containerId, int descriptor) {
        Assembler assembler = new Assembler().load(Width.DOUBLE, Reg.R7, Reg.R1, 0);
        read(assembler, Reg.R7, members.root(), Long.BYTES);
        assembler.load(Width.DOUBLE, Reg.R8, Reg.R10, VALUE);
        read(assembler, Reg.R8, members.hierarchy(), Integer.BYTES);
        assembler.load(Width.WORD, Reg.R1, Reg.R10, VALUE).jump(Jump.NOT_EQUAL, Reg.R1, 0, CgroupFilter.OUT);
        read(assembler, Reg.R7, members.node(), Long.BYTES);
        assembler.load(Width.DOUBLE, Reg.R8, Reg.R10, VALUE);
        read(assembler, Reg.R8, members.name(), Long.BYTES);
        assembler.load(Width.DOUBLE, Reg.R9, Reg.R10, VALUE).move(Reg.R3, Reg.R9);
        name(assembler);
        assembler.jump(Jump.SIGNED_AT_MOST, Reg.R0, ID_DIGITS, CgroupFilter.OUT);
        compare(assembler, containerId, "longer");
        assembler
                .jump("ours")
                .label("longer")
                .jump(Jump.SIGNED_AT_MOST, Reg.R0, ID_DIGITS + PREFIX, CgroupFilter.OUT)
                .move(Reg.R3, Reg.R9)
                .arithmetic(Operation.ADD, Reg.R3, PREFIX);
        name(assembler);
        compare(assembler, containerId, CgroupFilter.OUT);
        assembler.label("ours");
        read(assembler, Reg.R8, members.id(), Long.BYTES);
        assembler.load(Width.DOUBLE, Reg.R9, Reg.R10, VALUE);
        read(assembler, Reg.R7, members.level(), Integer.BYTES);
        return assembler
                .load(Width.WORD, Reg.R2, Reg.R10, VALUE)
                .mapValue(Reg.R1, descriptor, 0)
                .store(Width.DOUBLE, Reg.R1, LEVEL, Reg.R2)
                .store(Width.DOUBLE, Reg.R1, ID, Reg.R9)
                .move(Reg.R2, 1)
                .atomicAdd(Reg.R1, TIMES, Reg.R2)
                .label(CgroupFilter.OUT)
                .move(Reg.R0, 0)
                .exit();
    }

    /** Reads a member to the stack. */
    private static void read(Assembler assembler, Reg structure, int offset, int bytes) {
        assembler
                .store(Width.DOUBLE, Reg.R10, VALUE, 0)
                .move(Reg.R1, Reg.R10)
                .arithmetic(Operation.ADD, Reg.R1, VALUE)
                .move(Reg.R2, bytes)
                .move(Reg.R3, structure)
                .arithmetic(Operation.ADD, Reg.R3, offset)
                .call(BpfFunction.PROBE_READ_KERNEL);
    }

    /** Reads the text at R3 to the stack; its length with the NUL is in R0, or a negative error. */
    private static void name(Assembler assembler) {
        for (int at = NAME; at < NAME + NAME_BYTES; at += Long.BYTES) {
            assembler.store(Width.DOUBLE, Reg.R10, at, 0);
        }
        assembler
                .move(Reg.R1, Reg.R10)
                .arithmetic(Operation.ADD, Reg.R1, NAME)
                .move(Reg.R2, NAME_BYTES)
                .call(BpfFunction.PROBE_READ_KERNEL_STR);
    }

    /** Jumps if the text on the stack does not begin with the id; keeps R0. */
    private static void compare(Assembler assembler, String containerId, String otherwise) {
        ByteBuffer digits =
                ByteBuffer.wrap(containerId.getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN);
        if (digits.remaining() != ID_DIGITS) {
            throw new EngineException("The id of a container has %d digits, not %d (PU1705): %s."
                    .formatted(digits.remaining(), ID_DIGITS, containerId));
        }
        for (int at = 0; at < ID_DIGITS; at += Long.BYTES) {
            assembler
                    .constant(Reg.R1, digits.getLong(at))
                    .load(Width.DOUBLE, Reg.R2, Reg.R10, NAME + at)
                    .jump(Jump.NOT_EQUAL, Reg.R2, Reg.R1, otherwise);
        }
    }
}
