package io.probeunit.internal.targets;

import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.plan.BinarySelector;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container that a test probes, as it was when it was looked up.
 *
 * @param name how tests name it
 * @param containerId the container's full id
 * @param pid the container's main process, in the host's PID namespace
 * @param startTime when that process started, in clock ticks since boot (field 22 of {@code /proc/PID/stat}); with the
 *     pid it names one process for ever
 * @param startedAt when the daemon last started the container, RFC 3339; another one after each restart
 * @param cgroup the container's control group; a restarted container has a new one
 * @param defaultBinary what is meant where an annotation names no binary; {@link BinarySelector.TargetDefault} for the
 *     executable of the main process
 * @param tools the number of a cgroup below the container's in which our own tools run; what they do is not the container's
 * @param notStarted what is known of a container that was created and has no process yet; its pid is 0 then, and its
 *     cgroup is not made yet
 */
public record Target(
        String name,
        String containerId,
        long pid,
        long startTime,
        String startedAt,
        Cgroup cgroup,
        BinarySelector defaultBinary,
        OptionalLong tools,
        Optional<NotStarted> notStarted) {

    /** The daemon notes the start after it, and a file system's clock is coarse. */
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    /** Where no process and no cgroup is. */
    private static final Cgroup NO_CGROUP = new Cgroup("", 0, CgroupLevels.exactly(0));

    /**
     * One that runs.
     *
     * @param name how tests name it
     * @param containerId the container's full id
     * @param pid the container's main process, in the host's PID namespace
     * @param startTime when that process started, in clock ticks since boot
     * @param startedAt when the daemon last started the container, RFC 3339
     * @param cgroup the container's control group
     * @param defaultBinary what is meant where an annotation names no binary
     * @param tools the number of a cgroup below the container's in which our own tools run
     */
    public Target(
            String name,
            String containerId,
            long pid,
            long startTime,
            String startedAt,
            Cgroup cgroup,
            BinarySelector defaultBinary,
            OptionalLong tools) {
        this(name, containerId, pid, startTime, startedAt, cgroup, defaultBinary, tools, Optional.empty());
    }

    /**
     * One that was created, and was not started yet.
     *
     * @param name how tests name it
     * @param containerId the container's full id
     * @param defaultBinary what is meant where an annotation names no binary; a file, since no process runs one
     * @param notStarted its files
     * @return the target
     */
    public static Target created(String name, String containerId, BinarySelector defaultBinary, NotStarted notStarted) {
        return new Target(
                name, containerId, 0, 0, "", NO_CGROUP, defaultBinary, OptionalLong.empty(), Optional.of(notStarted));
    }

    /**
     * One in which no tools of ours run.
     *
     * @param name how tests name it
     * @param containerId the container's full id
     * @param pid the container's main process, in the host's PID namespace
     * @param startTime when that process started, in clock ticks since boot
     * @param startedAt when the daemon last started the container, RFC 3339
     * @param cgroup the container's control group
     * @param defaultBinary what is meant where an annotation names no binary
     */
    public Target(
            String name,
            String containerId,
            long pid,
            long startTime,
            String startedAt,
            Cgroup cgroup,
            BinarySelector defaultBinary) {
        this(name, containerId, pid, startTime, startedAt, cgroup, defaultBinary, OptionalLong.empty());
    }

    /**
     * The container's root folder as the host's {@code /proc} shows it. Right for reading; no name for a tool that
     * resolves links itself, since it is a link to {@code /}.
     *
     * @return {@code /proc/PID/root}; where the layers are mounted, of a container that was not started yet
     */
    public String root() {
        return notStarted.map(NotStarted::root).orElse("/proc/" + pid + "/root");
    }

    /**
     * Says whether the executable of the first process is meant.
     *
     * @param selector what an annotation names
     * @return true if nothing names a file
     */
    public boolean isMain(BinarySelector selector) {
        return selector instanceof BinarySelector.TargetDefault
                && defaultBinary instanceof BinarySelector.TargetDefault;
    }

    /**
     * What a selector means here.
     *
     * @param selector what an annotation names
     * @return the default of this target where nothing is named
     */
    public BinarySelector meant(BinarySelector selector) {
        return selector instanceof BinarySelector.TargetDefault ? defaultBinary : selector;
    }

    /**
     * Whether processes of the container may have run before a moment; also true where the moment, or when the container
     * was started, is not known.
     */
    boolean mayHaveRunBefore(Optional<Instant> moment) {
        try {
            Instant started = Instant.parse(startedAt).minus(CLOCKS);
            return moment.map(started::isBefore).orElse(true);
        } catch (DateTimeParseException unknown) {
            return true;
        }
    }

    /** What {@link #pid} and {@link #startTime} name together. */
    ProcessName firstProcess() {
        return new ProcessName(pid, startTime);
    }
}
