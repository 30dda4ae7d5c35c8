package io.probeunit.internal.host.container;

import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Process ids for programs in another PID namespace: SystemTap names its probes after its process, and the kernel has
 * one list of such names for all of these namespaces. {@code ns_last_pid}: proc_sys_kernel(5).
 */
record RareNumbers(HostFiles files) {

    private static final String LAST = "/proc/sys/kernel/ns_last_pid";
    private static final String MOST = "/proc/sys/kernel/pid_max";
    private static final int FIRST = 1000;

    /** Starts something whose number is one of these, where the namespace lets us choose. */
    <T> T during(Supplier<T> start) {
        String before;
        try {
            before = files.text(LAST).strip();
            long most = Long.parseLong(files.text(MOST).strip());
            set(String.valueOf(ThreadLocalRandom.current().nextLong(FIRST, most)));
        } catch (HostException notToBeChosen) {
            return start.get();
        }
        try {
            return start.get();
        } finally {
            set(before);
        }
    }

    private void set(String number) {
        files.append(LAST, number.getBytes(StandardCharsets.US_ASCII));
    }
}
