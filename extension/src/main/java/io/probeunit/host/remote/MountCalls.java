package io.probeunit.host.remote;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** System calls about mounts; each throws with {@code errno} where it fails. Numbers are those of {@code linux/mount.h}. */
interface MountCalls extends Library {

    /** {@code open_tree(2)}, on every architecture. */
    long OPEN_TREE = 428;

    /** {@code move_mount(2)}, on every architecture. */
    long MOVE_MOUNT = 429;

    /** {@code AT_FDCWD}. */
    int NO_FOLDER = -100;

    /** {@code OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE}. */
    int COPY_ALL_BELOW = 1 | 02000000 | 0x1000 | 0x8000;

    /** {@code MOVE_MOUNT_F_EMPTY_PATH}. */
    int FROM_DESCRIPTOR = 4;

    /** {@code CLONE_FS}. */
    int OWN_FOLDERS = 0x200;

    /** {@code CLONE_NEWNS}. */
    int MOUNTS = 0x20000;

    /** {@code O_RDONLY | O_CLOEXEC}. */
    int READ = 02000000;

    /** {@code O_PATH | O_CLOEXEC}. */
    int NAME_ONLY = 010000000 | 02000000;

    /** {@code MNT_DETACH}. */
    int DETACH = 2;

    int mount(String source, String target, String type, long flags, Pointer data) throws LastErrorException;

    int mount(String source, String target, String type, long flags, String data) throws LastErrorException;

    int umount2(String target, int flags) throws LastErrorException;

    int open(String path, int flags) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;

    int unshare(int flags) throws LastErrorException;

    int setns(int descriptor, int kind) throws LastErrorException;

    int syscall(long number, Object... arguments) throws LastErrorException;

    static MountCalls load() {
        return Native.load("c", MountCalls.class);
    }
}
