package io.probeunit.internal.kernel;

import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Memory of this process that the kernel writes to as well: it is read as it is now. */
final class LocalMemory implements SharedMemory {

    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int SHARED = 1;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final LocalKernel kernel;
    private final long address;
    private final long bytes;
    private final ByteBuffer view;

    LocalMemory(LocalKernel kernel, int descriptor, long bytes, boolean writable, long offset) {
        this.kernel = kernel;
        this.bytes = bytes;
        this.address =
                kernel.call(SystemCall.MMAP, 0, bytes, writable ? READ | WRITE : READ, SHARED, descriptor, offset);
        if (address < 0) {
            throw new KernelException((int) -address);
        }
        this.view = new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    }

    ByteBuffer view() {
        return view;
    }

    @Override
    public long get(long offset) {
        return (long) LONGS.getAcquire(view, (int) offset);
    }

    @Override
    public void set(Batch batch, List<Written> numbers) {
        numbers.forEach(written -> set(written.offset(), written.number()));
    }

    void set(long offset, long number) {
        LONGS.setRelease(view, (int) offset, number);
    }

    @Override
    public void close() {
        kernel.call(SystemCall.MUNMAP, address, bytes);
    }
}
