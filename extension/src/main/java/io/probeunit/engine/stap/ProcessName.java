package io.probeunit.engine.stap;

import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import java.util.Optional;

/**
 * A process that cannot be mistaken for another one that was given the same id later.
 *
 * @param pid its id
 * @param startTime clock ticks since boot
 */
record ProcessName(long pid, long startTime) {

    private static final int START_TIME = 19;

    /** The JVM itself; meaningful on the local host, and a name without life on any other. */
    static ProcessName ofThisJvm(Host host) {
        long pid = ProcessHandle.current().pid();
        return of(host, pid).orElse(new ProcessName(pid, 0));
    }

    static Optional<ProcessName> of(Host host, long pid) {
        try {
            String stat = host.files().text("/proc/" + pid + "/stat");
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new ProcessName(pid, Long.parseLong(fields[START_TIME])));
        } catch (HostException noSuchProcess) {
            return Optional.empty();
        }
    }

    static Optional<ProcessName> parse(String text) {
        String[] fields = text.strip().split(" ");
        try {
            return fields.length == 2
                    ? Optional.of(new ProcessName(Long.parseLong(fields[0]), Long.parseLong(fields[1])))
                    : Optional.empty();
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    boolean isAlive(Host host) {
        return of(host, pid).filter(this::equals).isPresent();
    }

    @Override
    public String toString() {
        return pid + " " + startTime;
    }
}
