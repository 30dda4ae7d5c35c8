package io.probeunit.engine.uprobe;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Hands out descriptors and memory, and remembers what was not given back. */
final class FakeKernel implements Kernel {

    static final int FIRST = 100;
    private static final int IO = 5;
    private static final int INVALID = 22;

    final Set<Integer> open = new HashSet<>();
    final Set<Pointer> mapped = new HashSet<>();

    /** For each system call to come, an error number or 0; those behind the last succeed. */
    final Deque<Integer> errors = new ArrayDeque<>();

    /** The same for mappings. */
    final Deque<Integer> mapErrors = new ArrayDeque<>();

    /** Closing these is refused, after which they are closed all the same, as close(2) does. */
    final Set<Integer> badToClose = new HashSet<>();

    int cpus = 1;

    /** Every unmapping is refused; what it was for is gone. */
    boolean badToUnmap;

    int calls;
    private int next = FIRST;

    @Override
    public int syscall(long number, Object... arguments) {
        calls++;
        refuse(errors);
        open.add(next);
        return next++;
    }

    @Override
    public int open(String path, int flags) {
        refuse(errors);
        open.add(next);
        return next++;
    }

    @Override
    public Pointer mmap(Pointer address, long length, int protection, int flags, int descriptor, long offset) {
        refuse(mapErrors);
        Memory memory = new Memory(length);
        memory.clear();
        mapped.add(memory);
        return memory;
    }

    @Override
    public int munmap(Pointer address, long length) {
        if (!mapped.remove(address)) {
            throw new AssertionError("not mapped");
        }
        if (badToUnmap) {
            throw new LastErrorException(INVALID);
        }
        return 0;
    }

    @Override
    public int close(int descriptor) {
        if (!open.remove(descriptor)) {
            throw new AssertionError("not open: " + descriptor);
        }
        if (badToClose.contains(descriptor)) {
            throw new LastErrorException(IO);
        }
        return 0;
    }

    @Override
    public int ioctl(int descriptor, long request, Object... argument) {
        refuse(errors);
        return 0;
    }

    @Override
    public long sysconf(int name) {
        return name == CPUS_ONLINE ? cpus : 65536;
    }

    private static void refuse(Deque<Integer> errors) {
        Integer error = errors.poll();
        if (error != null && error != 0) {
            throw new LastErrorException(error);
        }
    }
}
