package io.probeunit.internal.kernel;

import static io.probeunit.internal.kernel.Batch.value;

/**
 * Memory that a helper shares with its kernel.
 *
 * @param kernel the helper's
 * @param number by which it knows the memory
 */
record HelperMap(HelperKernel kernel, long number) implements AutoCloseable {

    private static final int READ = 1;
    private static final int WRITE = 2;

    static HelperMap of(HelperKernel kernel, int descriptor, long bytes, boolean writable, long offset) {
        Batch batch = new Batch();
        Batch.Call map = batch.own(
                Wire.MAP, value(descriptor), value(bytes), value(writable ? READ | WRITE : READ), value(offset));
        return new HelperMap(kernel, kernel.call(batch).get(map));
    }

    Batch.Argument argument() {
        return value(number);
    }

    /** Nothing is left of it where the helper has ended. */
    @Override
    public void close() {
        if (kernel.isAlive()) {
            Batch batch = new Batch();
            batch.own(Wire.UNMAP, argument());
            kernel.call(batch);
        }
    }
}
