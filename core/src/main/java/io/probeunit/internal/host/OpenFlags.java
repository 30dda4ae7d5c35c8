package io.probeunit.internal.host;

import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Machine;

/** Numbers for open(2) and its like; {@code asm-generic/fcntl.h}, and {@code asm/fcntl.h} of arm64 where it differs. */
final class OpenFlags {

    static final int READ = 0;
    static final int WRITE = 1;
    static final int CREATE = 0100;
    static final int TRUNCATE = 01000;
    static final int APPEND = 02000;
    static final int WITHOUT_WAITING = 04000;
    static final int CLOSE_ON_EXEC = 02000000;

    /** {@code O_PATH}: of a link, the link itself. */
    static final int NAME_ONLY = 010000000;

    /** {@code AT_FDCWD}: paths are absolute, so that it means nothing. */
    static final Batch.Argument HERE = Batch.value(-100);

    private OpenFlags() {}

    static int folder(Machine machine) {
        return machine == Machine.X86_64 ? 0200000 : 040000;
    }

    static int noLink(Machine machine) {
        return machine == Machine.X86_64 ? 0400000 : 0100000;
    }

    /** A path in the memory of a batch. */
    static Batch.Place path(Batch batch, String path) {
        if (path.indexOf('\0') >= 0) {
            throw new HostException("A path cannot contain a NUL (PU1048): %s".formatted(path.replace("\0", "\\0")));
        }
        return batch.text(path);
    }
}
