package io.probeunit.internal.kernel;

import java.util.Arrays;

/** Why a system call failed; {@code asm-generic/errno-base.h} and {@code errno.h}, with the words of the C library. */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such file or directory"),
    ESRCH(3, "No such process"),
    EINTR(4, "Interrupted system call"),
    EIO(5, "Input/output error"),
    ENXIO(6, "No such device or address"),
    E2BIG(7, "Argument list too long"),
    ENOEXEC(8, "Exec format error"),
    EBADF(9, "Bad file descriptor"),
    EAGAIN(11, "Resource temporarily unavailable"),
    ENOMEM(12, "Cannot allocate memory"),
    EACCES(13, "Permission denied"),
    EFAULT(14, "Bad address"),
    EBUSY(16, "Device or resource busy"),
    EEXIST(17, "File exists"),
    EXDEV(18, "Invalid cross-device link"),
    ENODEV(19, "No such device"),
    ENOTDIR(20, "Not a directory"),
    EISDIR(21, "Is a directory"),
    EINVAL(22, "Invalid argument"),
    ENFILE(23, "Too many open files in system"),
    EMFILE(24, "Too many open files"),
    ENOTTY(25, "Inappropriate ioctl for device"),
    ETXTBSY(26, "Text file busy"),
    EFBIG(27, "File too large"),
    ENOSPC(28, "No space left on device"),
    ESPIPE(29, "Illegal seek"),
    EROFS(30, "Read-only file system"),
    EPIPE(32, "Broken pipe"),
    ENAMETOOLONG(36, "File name too long"),
    ENOSYS(38, "Function not implemented"),
    ENOTEMPTY(39, "Directory not empty"),
    ELOOP(40, "Too many levels of symbolic links"),
    ENOTSUPP(524, "Not supported by the kernel"),
    EOPNOTSUPP(95, "Operation not supported"),
    ESTALE(116, "Stale file handle"),
    ECANCELED(125, "Operation canceled");

    private final int number;
    private final String words;

    Errno(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /**
     * In words.
     *
     * @param number of an error, positive
     * @return for example {@code [22] Invalid argument}
     */
    public static String words(int number) {
        return "[%d] %s"
                .formatted(
                        number,
                        Arrays.stream(values())
                                .filter(e -> e.number == number)
                                .map(e -> e.words)
                                .findFirst()
                                .orElse("unknown error"));
    }

    /**
     * Says whether a call failed for this reason.
     *
     * @param result of the call
     * @return true if it did
     */
    public boolean is(long result) {
        return result == -number;
    }

    /**
     * The number.
     *
     * @return positive
     */
    public int number() {
        return number;
    }
}
