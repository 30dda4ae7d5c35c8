package io.probeunit.host.remote;

import com.sun.jna.LastErrorException;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.ProcessName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Copies of other containers' mounts among ours, so that their files have a path that a tool may look at as it likes.
 *
 * <p>The path {@code /proc/PID/root} would be one for the kernel alone: a tool that resolves links itself finds our own
 * root in it. Mounts can only be copied by a thread that is among them; since Linux 5.2 the copy can be carried elsewhere.
 */
final class ShownRoots {

    private final HostFiles files;
    private final String parent;
    private final MountCalls kernel;

    ShownRoots(Host host, MountCalls kernel) {
        this.kernel = kernel;
        this.files = host.files();
        this.parent = host.shownRoots();
    }

    synchronized void show(long pid) {
        ProcessName process = ProcessName.of(files, pid)
                .orElseThrow(() -> new HostException("There is no process %d any more.".formatted(pid)));
        forgetEnded();
        String folder = parent + "/" + process.toString().replace(' ', '-');
        if (files.exists(folder)) {
            return;
        }
        int copy = copy(pid);
        try {
            files.createFolder(folder);
            kernel.syscall(MountCalls.MOVE_MOUNT, copy, "", MountCalls.NO_FOLDER, folder, MountCalls.FROM_DESCRIPTOR);
        } catch (LastErrorException e) {
            deleteEmpty(folder);
            throw new HostException("Could not mount the root of process %d: %s".formatted(pid, e.getMessage()), e);
        } finally {
            kernel.close(copy);
        }
    }

    /** In a thread of its own, which ends among the other mounts. */
    private int copy(long pid) {
        CompletableFuture<Integer> copied = new CompletableFuture<>();
        Thread thread = new Thread(() -> copyInto(copied, pid), "probeunit-mounts");
        thread.setDaemon(true);
        thread.start();
        try {
            return copied.join();
        } catch (CompletionException e) {
            throw new HostException(
                    "Could not reach the mounts of process %d: %s"
                            .formatted(pid, e.getCause().getMessage()),
                    e.getCause());
        }
    }

    private void copyInto(CompletableFuture<Integer> copied, long pid) {
        try {
            int root = kernel.open("/proc/%d/root".formatted(pid), MountCalls.NAME_ONLY);
            int mounts = kernel.open("/proc/%d/ns/mnt".formatted(pid), MountCalls.READ);
            kernel.unshare(MountCalls.OWN_FOLDERS);
            kernel.setns(mounts, MountCalls.MOUNTS);
            int copy = kernel.syscall(MountCalls.OPEN_TREE, root, "", MountCalls.COPY_ALL_BELOW);
            kernel.close(mounts);
            kernel.close(root);
            copied.complete(copy);
        } catch (RuntimeException | Error e) {
            // whatever it is: who waits for the copy keeps all others waiting
            copied.completeExceptionally(e);
        }
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
            kernel.umount2(folder, MountCalls.DETACH);
            deleteEmpty(folder);
        } catch (LastErrorException e) {
            warn(folder, e);
        }
    }

    /** Never with what is in it: that would be a container's files. */
    private static void deleteEmpty(String folder) {
        try {
            Files.deleteIfExists(Path.of(folder));
        } catch (IOException e) {
            warn(folder, e);
        }
    }

    private static void warn(String folder, Exception reason) {
        System.getLogger(ShownRoots.class.getName())
                .log(System.Logger.Level.WARNING, "{0} stays: {1}", folder, reason.getMessage());
    }
}
