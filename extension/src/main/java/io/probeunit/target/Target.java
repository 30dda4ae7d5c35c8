package io.probeunit.target;

import io.probeunit.host.ProcessName;
import io.probeunit.plan.BinarySelector;

/**
 * One container under observation, as it was when it was looked up.
 *
 * @param name how tests name it
 * @param containerId the container's full id
 * @param pid the container's first process, in the host's PID namespace
 * @param startTime when that process started, in clock ticks since boot (field 22 of {@code /proc/PID/stat}); with the
 *     pid it names one process for ever
 * @param startedAt when the daemon last started the container, RFC 3339; another one after each restart
 * @param cgroup the container's control group; a restarted container has a new one
 * @param defaultBinary what is meant where an annotation names no binary; {@link BinarySelector.TargetDefault} for the
 *     executable of the first process
 */
public record Target(
        String name,
        String containerId,
        long pid,
        long startTime,
        String startedAt,
        Cgroup cgroup,
        BinarySelector defaultBinary) {

    /**
     * The container's root folder as the host's {@code /proc} shows it. Right for reading; no name for a tool that
     * resolves links itself, since it is a link to {@code /}.
     *
     * @return {@code /proc/PID/root}
     */
    public String root() {
        return "/proc/" + pid + "/root";
    }

    /** What {@link #pid} and {@link #startTime} name together. */
    ProcessName firstProcess() {
        return new ProcessName(pid, startTime);
    }
}
