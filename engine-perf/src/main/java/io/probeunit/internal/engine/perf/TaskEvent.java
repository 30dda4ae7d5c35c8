package io.probeunit.internal.engine.perf;

/** An event of a process that changes which code is at which address. */
sealed interface TaskEvent {

    /** When, on perf's clock; 0 for what was there before. */
    long nanos();

    int pid();

    /** It was sampled at an address. */
    record Ran(long nanos, int pid, long address) implements TaskEvent {}

    /**
     * It mapped a part of a file to be executed.
     *
     * @param path as the process sees it
     * @param offset of that part in the file
     * @param inode of the file
     */
    record Mapped(long nanos, int pid, long start, long length, long offset, String path, long inode)
            implements TaskEvent {

        /** The address behind it. */
        long end() {
            return start + length;
        }

        /** What is left of it between two addresses inside. */
        Mapped part(long from, long to) {
            return new Mapped(nanos, pid, from, to - from, offset + from - start, path, inode);
        }
    }

    /** It became another program. */
    record Executed(long nanos, int pid) implements TaskEvent {}

    /** It began as a copy of another one. */
    record Forked(long nanos, int pid, int parent) implements TaskEvent {}
}
