package io.probeunit.internal.host.helper;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;

/**
 * Mounts and namespaces of a host; mount(2), with the numbers of {@code linux/mount.h} and {@code linux/sched.h}.
 *
 * @param kernel of the host
 */
public record MountCalls(Kernel kernel) {

    static final long BIND_ALL_BELOW = 4096 | 16384;
    static final long PRIVATE_ALL_BELOW = 1 << 18 | 16384;

    private static final int DETACH = 2;
    private static final int OWN_MOUNTS = 0x20000;
    private static final int NO_FOLDER = -100;
    private static final int REMOVE_FOLDER = 0x200;

    /**
     * Mounts something.
     *
     * @param data options, as a text
     * @throws KernelException if the kernel refuses it
     */
    void mount(String source, String target, String type, long flags, String data) {
        Batch batch = new Batch();
        Batch.Call mounted = batch.call(
                SystemCall.MOUNT,
                batch.text(source),
                batch.text(target),
                batch.text(type),
                value(flags),
                batch.text(data));
        kernel.call(batch).get(mounted);
    }

    /** Removes the mount at a path; processes that already use it keep it. */
    void unmount(String target) {
        Batch batch = new Batch();
        Batch.Call unmounted = batch.call(SystemCall.UMOUNT2, batch.text(target), value(DETACH));
        kernel.call(batch).get(unmounted);
    }

    /** Continues with copies of all mounts, which no other process sees. Works only while the helper has one thread. */
    void separate() {
        Batch batch = new Batch();
        Batch.Call apart = batch.call(SystemCall.UNSHARE, value(OWN_MOUNTS));
        kernel.call(batch).get(apart);
        mount("none", "/", "none", PRIVATE_ALL_BELOW, "");
    }

    /** Removes a folder that is empty, as the folder of a cgroup is that has no processes. */
    void removeFolder(String path) {
        Batch batch = new Batch();
        Batch.Call removed = batch.call(SystemCall.UNLINKAT, value(NO_FOLDER), batch.text(path), value(REMOVE_FOLDER));
        kernel.call(batch).get(removed);
    }
}
