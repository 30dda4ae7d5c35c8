package io.probeunit.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;

/** What Java has no method for. Each call throws with {@code errno} where it fails. */
interface LibC extends Library {

    /** {@code O_WRONLY | O_NONBLOCK | O_CLOEXEC} of {@code asm-generic/fcntl.h}, which x86-64 and arm64 use. */
    int WRITE_WITHOUT_WAITING = 1 | 04000 | 02000000;

    /** {@code ENXIO}: no process has the FIFO open for reading. */
    int NO_READER = 6;

    /** {@code ESRCH}: there is no such process. */
    int NO_PROCESS = 3;

    int kill(int pid, int signal) throws LastErrorException;

    int open(String path, int flags) throws LastErrorException;

    long write(int descriptor, byte[] content, long length) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;
}
