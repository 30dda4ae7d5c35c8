package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.PreflightResult.Lack;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The limit of locked memory, which stapbpf insists on raising, though kernels since 5.11 charge no maps to it. */
final class MemoryLock {

    private static final Pattern CAPABILITIES = Pattern.compile("(?m)^CapEff:\\s+([0-9a-f]+)");
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max locked memory\\s+(\\S+)");
    private static final int SYS_RESOURCE = 24;

    private MemoryLock() {}

    static String cure(StapSettings settings) {
        return "Grant CAP_SYS_RESOURCE, or preload a library whose setrlimit returns 0 (%s.environment=LD_PRELOAD=…), or use engine UPROBE."
                .formatted(settings.parameters());
    }

    /**
     * Says what is missing.
     *
     * @param status of this process, as in /proc
     * @param limits of this process, as in /proc
     * @param settings what is added to the environment of SystemTap's processes
     */
    static Optional<Lack> lack(String status, String limits, StapSettings settings) {
        Matcher capabilities = CAPABILITIES.matcher(status);
        Matcher limit = LIMIT.matcher(limits);
        if (!capabilities.find() || !limit.find() || settings.environment().containsKey("LD_PRELOAD")) {
            return Optional.empty();
        }
        boolean may = (Long.parseUnsignedLong(capabilities.group(1), 16) >>> SYS_RESOURCE & 1) == 1;
        return may || limit.group(1).equals("unlimited")
                ? Optional.empty()
                : Optional.of(new Lack(
                        "stapbpf raises RLIMIT_MEMLOCK, now %s bytes, and ends if it may not: the JVM lacks CAP_SYS_RESOURCE (PU1016)"
                                .formatted(limit.group(1)),
                        cure(settings)));
    }
}
