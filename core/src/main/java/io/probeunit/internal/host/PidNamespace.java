package io.probeunit.internal.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PID namespace. The number of a process is its own within one alone, while names in the kernel (of uprobe events) are
 * those of the whole machine; pid_namespaces(7).
 *
 * @param number of its inode, which no other namespace has while it lives
 */
public record PidNamespace(long number) {

    /** {@code PROC_PID_INIT_INO}: the first namespace has the same number on every machine. */
    private static final long WHOLE_MACHINE = 0xEFFFFFFCL;

    private static final Pattern LINK = Pattern.compile("pid:\\[(\\d+)]");

    /** Whether the processes of all other namespaces have a number in this one. */
    public boolean isWholeMachine() {
        return number == WHOLE_MACHINE;
    }

    /**
     * The one in which a host looks processes up.
     *
     * @param files of the host
     * @return empty where {@code /proc} does not tell
     */
    public static Optional<PidNamespace> of(HostFiles files) {
        return files.link("/proc/self/ns/pid")
                .map(LINK::matcher)
                .filter(Matcher::matches)
                .map(m -> new PidNamespace(Long.parseLong(m.group(1))));
    }
}
