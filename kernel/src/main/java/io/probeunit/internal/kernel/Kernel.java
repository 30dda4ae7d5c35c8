package io.probeunit.internal.kernel;

/** The kernel of one machine. Thread-safe. */
public interface Kernel {

    /**
     * The kind of machine.
     *
     * @return by which system calls are numbered
     * @throws KernelException if no call can be made
     */
    Machine machine();

    /**
     * Makes system calls. Each that a signal interrupts is made again.
     *
     * @param batch the calls
     * @return what came of them, whether they succeeded or not
     * @throws KernelException if no call can be made, or the way to the kernel is gone; then they may have been made
     */
    Answer call(Batch batch);

    /**
     * Shares memory with the kernel; mmap(2) with {@code MAP_SHARED}.
     *
     * @param descriptor of what has the memory
     * @param bytes how many
     * @param writable whether we write, too
     * @param offset where it begins
     * @return the memory
     * @throws KernelException if that is refused
     */
    SharedMemory share(int descriptor, long bytes, boolean writable, long offset);

    /**
     * The reading end of a BPF ring buffer.
     *
     * @param descriptor of the ring
     * @param size its size in bytes
     * @return the end
     * @throws KernelException if that is refused
     */
    Ring ring(int descriptor, int size);

    /**
     * The reading end of the ring of a perf event.
     *
     * @param descriptor of the event
     * @param size of the ring's data in bytes, a power of two
     * @return the end
     * @throws KernelException if that is refused
     */
    Ring perfRing(int descriptor, int size);

    /**
     * The monotonic clock, for a batch.
     *
     * @return not asked yet
     */
    Clock clock();

    /**
     * The time on the monotonic clock.
     *
     * @return {@code CLOCK_MONOTONIC}, in nanoseconds
     */
    default long nanos() {
        Clock clock = clock();
        Batch batch = new Batch();
        clock.ask(batch);
        clock.told(call(batch));
        return clock.nanos();
    }
}
