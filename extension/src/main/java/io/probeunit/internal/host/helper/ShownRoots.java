package io.probeunit.internal.host.helper;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.util.Optional;

/**
 * Copies of other containers' mounts among the helper's mounts. So their files have a path that a tool can resolve by
 * itself.
 *
 * <p>Only the kernel can use the path {@code /proc/PID/root}: a tool that resolves links itself finds the helper's own
 * root there. Only a thread in the same mount namespace can copy mounts; since Linux 5.2 the copy can be moved to
 * another namespace.
 */
public final class ShownRoots {

    private static final Batch.Argument NO_FOLDER = value(-100);
    private static final int NAME_ONLY = 010000000 | 02000000;
    private static final int READ = 02000000;

    /** {@code CLONE_FS}: the thread has its own root from then on. */
    private static final int OWN_ROOT = 0x200;

    /** {@code CLONE_NEWNS}. */
    private static final int MOUNTS = 0x20000;

    /** {@code OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE}. */
    private static final int COPY_ALL_BELOW = 1 | 02000000 | 0x1000 | 0x8000;

    /** {@code MOVE_MOUNT_F_EMPTY_PATH}. */
    private static final int FROM_DESCRIPTOR = 4;

    private final HostFiles files;
    private final Kernel kernel;
    private final String parent;

    /**
     * Shows none yet.
     *
     * @param helper with its own mounts
     * @param parent the folder below which roots are shown
     */
    public ShownRoots(Helper helper, String parent) {
        this.files = helper.files();
        this.kernel = helper.kernel();
        this.parent = parent;
    }

    /**
     * Shows the root of a process.
     *
     * @param pid which
     * @throws HostException if that fails
     */
    public synchronized void show(long pid) {
        ProcessName process = ProcessName.of(files, pid)
                .orElseThrow(() -> new HostException("There is no process %d any more (PU1036).".formatted(pid)));
        forgetEnded();
        String folder = parent + "/" + process.toString().replace(' ', '-');
        if (files.exists(folder)) {
            return;
        }
        files.createFolder(folder);
        try {
            copy(pid, folder);
        } catch (KernelException e) {
            removeEmpty(folder);
            throw new HostException(
                    "Could not mount the root of process %d (PU1037): %s".formatted(pid, e.getMessage()), e);
        }
    }

    /** The thread comes back to the helper's own mounts whatever became of the copy. */
    private void copy(long pid, String folder) {
        Batch batch = new Batch();
        Batch.Call root = open(batch, "/proc/%d/root".formatted(pid), NAME_ONLY);
        Batch.Call there = open(batch, "/proc/%d/ns/mnt".formatted(pid), READ);
        Batch.Call here = open(batch, "/proc/self/ns/mnt", READ);
        batch.must(SystemCall.UNSHARE, value(OWN_ROOT));
        batch.must(SystemCall.SETNS, there, value(MOUNTS));
        Batch.Call tree = batch.must(SystemCall.OPEN_TREE, root, batch.text(""), value(COPY_ALL_BELOW));
        Batch.Call back = batch.call(SystemCall.SETNS, here, value(MOUNTS));
        Batch.Call moved = batch.must(
                SystemCall.MOVE_MOUNT, tree, batch.text(""), NO_FOLDER, batch.text(folder), value(FROM_DESCRIPTOR));
        for (Batch.Call opened : new Batch.Call[] {root, there, here, tree}) {
            batch.call(SystemCall.CLOSE, opened);
        }
        Answer answer = kernel.call(batch);
        answer.get(moved);
        answer.get(back);
    }

    private static Batch.Call open(Batch batch, String path, int flags) {
        return batch.must(SystemCall.OPENAT, NO_FOLDER, batch.text(path), value(flags), value(0));
    }

    private void forgetEnded() {
        for (String name : files.list(parent)) {
            Optional<ProcessName> process = ProcessName.parse(name.replace('-', ' '));
            if (process.isPresent() && !process.get().isAlive(files)) {
                forget(parent + "/" + name);
            }
        }
    }

    private void forget(String folder) {
        try {
            new MountCalls(kernel).unmount(folder);
            removeEmpty(folder);
        } catch (KernelException e) {
            System.getLogger(ShownRoots.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} stays: {1}", folder, e.getMessage());
        }
    }

    /** Never with what is in it: that would be a container's files. */
    private void removeEmpty(String folder) {
        new MountCalls(kernel).removeFolder(folder);
    }
}
