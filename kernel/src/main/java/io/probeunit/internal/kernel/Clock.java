package io.probeunit.internal.kernel;

/** The monotonic clock of a kernel, asked together with other questions. For one thread at a time. */
public interface Clock extends Glance {

    /**
     * The time.
     *
     * @return {@code CLOCK_MONOTONIC} when it was asked last, in nanoseconds
     */
    long nanos();

    /**
     * The clock of this JVM's machine.
     *
     * @return reads Java's own clock, which costs less than a call
     */
    static Clock here() {
        return new Clock() {
            private long nanos;

            @Override
            public void ask(Batch batch) {
                nanos = System.nanoTime();
            }

            @Override
            public long nanos() {
                return nanos;
            }
        };
    }
}
