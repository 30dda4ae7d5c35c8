package io.probeunit.internal.host;

import java.util.Optional;

/**
 * A process that cannot be mistaken for another one that was given the same id later.
 *
 * @param pid its id
 * @param startTime clock ticks since boot; field 22 of {@code /proc/PID/stat}
 */
public record ProcessName(long pid, long startTime) {

    /** Positions among the fields that follow the command's closing parenthesis; proc_pid_stat(5) counts from 1. */
    private static final int STATE = 3 - 3;

    private static final int THREADS = 20 - 3;
    private static final int START_TIME = 22 - 3;

    /**
     * The JVM itself. On another host than the local one, this name belongs to no process.
     *
     * @param files of the host
     * @return its name
     */
    public static ProcessName ofThisJvm(HostFiles files) {
        long pid = ProcessHandle.current().pid();
        return of(files, pid).orElse(new ProcessName(pid, 0));
    }

    /**
     * The process that has an id now.
     *
     * @param files of the host
     * @param pid its id
     * @return its name; empty if there is no such process, or if it has ended and only its parent has not noticed yet
     */
    public static Optional<ProcessName> of(HostFiles files, long pid) {
        return files.textIfThere("/proc/" + pid + "/stat").flatMap(stat -> parseStat(pid, stat));
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @param text for example {@code 4711 123456}
     * @return the name, or empty if the text was only half written
     */
    public static Optional<ProcessName> parse(String text) {
        String[] fields = text.strip().split(" ");
        try {
            return fields.length == 2
                    ? Optional.of(new ProcessName(Long.parseLong(fields[0]), Long.parseLong(fields[1])))
                    : Optional.empty();
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    /**
     * Says whether the process still runs.
     *
     * @param files of the host
     * @return false once it has ended, also if its id was given to another one
     */
    public boolean isAlive(HostFiles files) {
        return of(files, pid).filter(this::equals).isPresent();
    }

    @Override
    public String toString() {
        return pid + " " + startTime;
    }

    /** The command in parentheses may hold anything, parentheses and blanks included. */
    private static Optional<ProcessName> parseStat(long pid, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= START_TIME) {
            return Optional.empty();
        }
        // a first thread that ended before the others looks like a dead process, but for their number
        boolean ended = fields[STATE].matches("[ZX]") && Integer.parseInt(fields[THREADS]) <= 1;
        return ended ? Optional.empty() : Optional.of(new ProcessName(pid, Long.parseLong(fields[START_TIME])));
    }
}
