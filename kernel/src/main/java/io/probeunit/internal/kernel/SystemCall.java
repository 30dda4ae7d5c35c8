package io.probeunit.internal.kernel;

/** System calls by their numbers; {@code asm/unistd_64.h} of x86-64, and {@code asm-generic/unistd.h}, which aarch64 uses. */
public enum SystemCall {
    BPF(321, 280),
    CLOCK_GETTIME(228, 113),
    CLOSE(3, 57),
    FACCESSAT(269, 48),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSOPEN(430, 430),
    FTRUNCATE(77, 46),
    GETDENTS64(217, 61),
    GETPID(39, 172),
    IOCTL(16, 29),
    KILL(62, 129),
    MEMFD_CREATE(319, 279),
    MKDIRAT(258, 34),
    MMAP(9, 222),
    MOUNT(165, 40),
    MOVE_MOUNT(429, 429),
    MUNMAP(11, 215),
    OPENAT(257, 56),
    OPEN_TREE(428, 428),
    PERF_EVENT_OPEN(298, 241),
    PREAD64(17, 67),
    READ(0, 63),
    READLINKAT(267, 78),
    SETNS(308, 268),
    STATX(332, 291),
    SYMLINKAT(266, 36),
    UMOUNT2(166, 39),
    UNAME(63, 160),
    UNLINKAT(263, 35),
    UNSHARE(272, 97),
    WRITE(1, 64),
    WRITEV(20, 66);

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    int on(Machine machine) {
        return machine == Machine.X86_64 ? x86 : arm;
    }
}
