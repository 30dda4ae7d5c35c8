package io.probeunit.internal.targets;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The layers of a container that has no process yet, united by overlayfs as for the container itself. What is deleted or
 * replaced in an upper layer is so here too, and a file is the same inode as in the container.
 *
 * <p>They are mounted at no path: a descriptor alone leads to them, and the kernel removes them when it is closed, or when
 * the process ends that has it. Thread-safe.
 */
public final class UnitedLayers implements AutoCloseable {

    private static final int NO_FOLDER = -100;
    private static final int READ = 02000000;

    /** {@code CLONE_FS}: the thread has its own root from then on. */
    private static final int OWN_ROOT = 0x200;

    /** {@code CLONE_NEWNS}. */
    private static final int MOUNTS = 0x20000;

    private static final int SET_TEXT = 1;
    private static final int CREATE = 6;
    private static final int CLOSE_ON_EXEC = 1;
    private static final int READ_ONLY_WITHOUT_RIGHTS = 1 | 2 | 4;

    private final Host host;
    private final int descriptor;

    private UnitedLayers(Host host, int descriptor) {
        this.host = host;
        this.descriptor = descriptor;
    }

    /**
     * Unites layers.
     *
     * @param host on which they are
     * @param target how messages call the container
     * @param layers their folders as the daemon names them, the uppermost first
     * @return to be closed when its files are no longer looked at
     * @throws ContainerOutOfReachException if a layer is not there, or this may not be done there
     */
    public static UnitedLayers of(Host host, String target, List<String> layers) {
        OptionalLong machine = host.withMountsOfMachine();
        String root = machine.isPresent() ? "/proc/%d/root".formatted(machine.getAsLong()) : "";
        layers.stream()
                .filter(folder -> !host.files().isFolder(root + folder))
                .findFirst()
                .ifPresent(missing -> {
                    throw new ContainerOutOfReachException(
                            "The files of target %s, which has not started yet, are not visible on the host '%s' (PU1706): there is no folder %s. The Docker daemon runs on another machine, or this user may not look into its folders. Set the host to SIDECAR (@ProbeSettings or probeunit.host)."
                                    .formatted(target, host.name(), missing));
                });
        try {
            return new UnitedLayers(host, mount(host.calls(), machine, layers));
        } catch (KernelException e) {
            throw new ContainerOutOfReachException(
                    "The layers of target %s, which has not started yet, cannot be mounted on the host '%s' (PU1707): %s. That needs Linux 6.8 or later, and root or CAP_SYS_ADMIN. Without these rights, set the host to SIDECAR (@ProbeSettings or probeunit.host)."
                            .formatted(target, host.name(), e.getMessage()));
        }
    }

    /** The kernel unites only what is mounted in the mount namespace of the thread, which comes back whatever becomes of it. */
    private static int mount(Kernel kernel, OptionalLong machine, List<String> layers) {
        Batch batch = new Batch();
        List<Batch.Call> steps = new ArrayList<>();
        Optional<Batch.Call> here = Optional.empty();
        if (machine.isPresent()) {
            Batch.Call there = open(batch, "/proc/%d/ns/mnt".formatted(machine.getAsLong()));
            Batch.Call own = open(batch, "/proc/self/ns/mnt");
            here = Optional.of(own);
            steps.add(there);
            steps.add(own);
            steps.add(batch.must(SystemCall.UNSHARE, value(OWN_ROOT)));
            steps.add(batch.must(SystemCall.SETNS, there, value(MOUNTS)));
            batch.call(SystemCall.CLOSE, there);
        }
        Batch.Place lower = batch.text("lowerdir+");
        Batch.Call opened = batch.must(SystemCall.FSOPEN, batch.text("overlay"), value(CLOSE_ON_EXEC));
        steps.add(opened);
        layers.forEach(folder -> steps.add(
                batch.must(SystemCall.FSCONFIG, opened, value(SET_TEXT), lower, batch.text(folder), value(0))));
        steps.add(batch.must(SystemCall.FSCONFIG, opened, value(CREATE), value(0), value(0), value(0)));
        Batch.Call mounted =
                batch.must(SystemCall.FSMOUNT, opened, value(CLOSE_ON_EXEC), value(READ_ONLY_WITHOUT_RIGHTS));
        batch.call(SystemCall.CLOSE, opened);
        here.ifPresent(own -> {
            steps.add(batch.call(SystemCall.SETNS, own, value(MOUNTS)));
            batch.call(SystemCall.CLOSE, own);
        });
        Answer answer = kernel.call(batch);
        steps.forEach(answer::get);
        return (int) answer.get(mounted);
    }

    private static Batch.Call open(Batch batch, String path) {
        return batch.must(SystemCall.OPENAT, value(NO_FOLDER), batch.text(path), value(READ), value(0));
    }

    /**
     * Where the files are.
     *
     * @return a path that is good for the process that acts on the host, until this is closed
     */
    public String root() {
        return "/proc/self/fd/" + descriptor;
    }

    @Override
    public void close() {
        Batch batch = new Batch();
        Batch.Call closed = batch.call(SystemCall.CLOSE, value(descriptor));
        host.calls().call(batch).get(closed);
    }
}
