package io.probeunit.internal.engine.perf;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A sample of an event.
 *
 * @param ip the instruction's address
 * @param pid process id on the host
 * @param tid thread id on the host
 * @param nanos the clock that perf was told to use, in nanoseconds
 * @param count the event's counter on that CPU, this sample included, also those that were lost; 0 if it was not asked for
 * @param buffer that holds the raw data
 * @param raw where they begin in it
 * @param rawBytes how many there are
 * @param user the registers and the stack, if the event copies them
 */
record Sample(
        long ip,
        int pid,
        int tid,
        long nanos,
        long count,
        ByteBuffer buffer,
        int raw,
        int rawBytes,
        Optional<UserStack> user) {}
