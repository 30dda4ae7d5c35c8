package io.probeunit.internal.engine;

/**
 * The details of one firing where the engine has them at hand. Valid only while the sink takes them: the next firing may be
 * shown by the same object.
 */
public interface Details {

    /**
     * Which point fired.
     *
     * @return its index in the session
     */
    int point();

    /**
     * When.
     *
     * @return the kernel's monotonic clock, in nanoseconds
     */
    long nanos();

    /**
     * The task's process.
     *
     * @return its id on the host
     */
    int pid();

    /**
     * The task.
     *
     * @return its thread id on the host
     */
    int tid();

    /**
     * The task's name.
     *
     * @return as the kernel keeps it, at most 16 bytes of it
     */
    String command();

    /**
     * Says what a slot holds.
     *
     * @param slot its place among the slots of the point
     * @return true for an integer
     */
    boolean isNumber(int slot);

    /**
     * An integer.
     *
     * @param slot a slot that holds one
     * @return 64 bits, as {@link RawFiring.Value.Number} has them
     */
    long number(int slot);

    /**
     * What a slot holds, whatever it is.
     *
     * @param slot its place among the slots of the point
     * @return a value of its own, which stays valid
     */
    RawFiring.Value value(int slot);

    /**
     * Who called.
     *
     * @return what {@link FiringSink#copied} gave; stays valid
     */
    default Callers callers() {
        return Callers.NONE;
    }
}
