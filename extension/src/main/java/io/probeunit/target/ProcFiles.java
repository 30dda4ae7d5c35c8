package io.probeunit.target;

import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import java.util.Optional;

/** What proc(5) says of processes. */
final class ProcFiles {

    /** Position of the start time among the fields that follow the command's closing parenthesis; it is field 22. */
    private static final int START_TIME = 19;

    private final HostFiles files;

    ProcFiles(HostFiles files) {
        this.files = files;
    }

    /** When a process started, in clock ticks since boot; empty if there is no such process. */
    Optional<Long> startTime(long pid) {
        return read(pid, "stat").map(ProcFiles::startTimeOf);
    }

    /** The whole cgroup file of a process. */
    Optional<String> cgroup(long pid) {
        return read(pid, "cgroup");
    }

    private static long startTimeOf(String stat) {
        String afterCommand = stat.substring(stat.lastIndexOf(')') + 2);
        return Long.parseLong(afterCommand.split(" ")[START_TIME]);
    }

    private Optional<String> read(long pid, String file) {
        try {
            return Optional.of(files.text("/proc/%d/%s".formatted(pid, file))).filter(t -> !t.isBlank());
        } catch (HostException processHasEnded) {
            return Optional.empty();
        }
    }
}
