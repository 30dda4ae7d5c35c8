package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.HostFiles;
import java.util.Optional;

/**
 * A PID namespace other than the first one, in which a host looks processes up; pid_namespaces(7). The kernel's program is to
 * give a process the number that it has there.
 *
 * @param device of the namespace's file, as the kernel numbers it inside
 * @param inode of the namespace's file
 */
record PidNumbers(long device, long inode) {

    /** {@code PROC_PID_INIT_INO} of {@code include/linux/proc_ns.h}. */
    private static final long FIRST = 0xEFFFFFFCL;

    /** Of a host; empty if its numbers are those of the whole machine. */
    static Optional<PidNumbers> of(HostFiles files) {
        return files.identity("/proc/self/ns/pid")
                .filter(namespace -> namespace.inode() != FIRST)
                .map(PidNumbers::of);
    }

    /** Its file system has the major number 0. */
    private static PidNumbers of(FileIdentity namespace) {
        long minor = namespace.device() & 0xff | namespace.device() >>> 12 & ~0xffL;
        return new PidNumbers(minor, namespace.inode());
    }
}
