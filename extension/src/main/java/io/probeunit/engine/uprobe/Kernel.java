package io.probeunit.engine.uprobe;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** System calls that Java has no method for. Each throws with {@code errno} where it fails. */
interface Kernel extends Library {

    /** {@code PROT_READ}. */
    int READ = 1;

    /** {@code PROT_READ | PROT_WRITE}. */
    int READ_WRITE = 3;

    /** {@code MAP_SHARED}. */
    int SHARED = 1;

    /** {@code _SC_PAGESIZE}. */
    int PAGE_SIZE = 30;
    /** {@code _SC_NPROCESSORS_ONLN}, the number of CPUs that run now. */
    int CPUS_ONLINE = 84;

    int syscall(long number, Object... arguments) throws LastErrorException;

    Pointer mmap(Pointer address, long length, int protection, int flags, int descriptor, long offset)
            throws LastErrorException;

    int munmap(Pointer address, long length) throws LastErrorException;

    int open(String path, int flags) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;

    int ioctl(int descriptor, long request, Object... argument) throws LastErrorException;

    long sysconf(int name) throws LastErrorException;

    static Kernel load() {
        return Native.load("c", Kernel.class);
    }
}
