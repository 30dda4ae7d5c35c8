package io.probeunit.internal.targets;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.plan.BinarySelector;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds a container's first process and its cgroup on a host. Thread-safe. */
public final class TargetResolver {

    private final Cgroups cgroups;
    private final Host host;

    /**
     * Creates a resolver.
     *
     * @param host where engines will run, and where the container's processes must be visible
     */
    public TargetResolver(Host host) {
        this.host = host;
        this.cgroups = new Cgroups(host.files());
    }

    /**
     * Looks a container up.
     *
     * @param name how tests name it
     * @param container the container
     * @param defaultBinary what is meant where an annotation names no binary
     * @return the target as it is now
     * @throws ContainerOutOfReachException if its daemon is on another machine, or in another PID namespace, or if its files
     *     may not be looked at from here
     * @throws ProbeException if the container does not run, or its cgroup cannot be told
     */
    public Target resolve(String name, DaemonContainer container, BinarySelector defaultBinary) {
        ContainerStatus status = running(name, container);
        OptionalLong inside = host.firstProcessOf(status.id());
        long pid = inside.orElse(status.pid());
        Optional<String> cgroupText = cgroupOf(pid);
        if (cgroupText.isEmpty() || inside.isEmpty() && !cgroupText.get().contains(status.id())) {
            // one that has just ended, or was started again, is not elsewhere
            if (running(name, container).pid() != status.pid()) {
                throw new ProbeException(
                        "The container of target %s (%s) was started again while it was looked up (PU0417): its main process was %d. Let it settle before the test method runs."
                                .formatted(name, status.shortId(), status.pid()));
            }
            throw new ContainerOutOfReachException(elsewhere(name, status, cgroupText));
        }
        ProcessName first = ProcessName.of(host.files(), pid)
                .orElseThrow(() ->
                        new ProbeException("Container %s ended while it was looked up (PU0418): process %d is gone."
                                .formatted(name, pid)));
        Target target = new Target(
                name,
                status.id(),
                pid,
                first.startTime(),
                status.startedAt(),
                inside.isPresent()
                        ? cgroups.findInside(name, status.id(), cgroupText.get())
                        : cgroups.find(name, status.id(), cgroupText.get()),
                defaultBinary,
                host.toolsCgroup());
        refuseHidden(target, status);
        return target;
    }

    /**
     * The right to load programs into the kernel does not include looking at processes of other users: ptrace(2),
     * PTRACE_MODE_READ_FSCREDS.
     */
    private void refuseHidden(Target target, ContainerStatus status) {
        if (!host.files().isFolder(target.root() + "/") && isSame(target)) {
            throw new ContainerOutOfReachException(
                    "The files of target %s (%s) may not be looked at from the host '%s' (PU0420): %s is closed to this user. That needs root, or CAP_SYS_PTRACE in addition to what the engine needs. Set the host to SIDECAR (@ProbeSettings or probeunit.host), which needs no more than a Docker daemon that starts privileged containers; or run the tests as root."
                            .formatted(target.name(), status.shortId(), host.name(), target.root()));
        }
    }

    /**
     * What the daemon says of a container that must run.
     *
     * @param name how tests name it
     * @param container the container
     * @return its state
     * @throws ProbeException if it does not run
     */
    public static ContainerStatus running(String name, DaemonContainer container) {
        return running(name, container.status());
    }

    /**
     * Says whether a target is still the same: the same first process. Looks at {@code /proc} alone.
     *
     * @param target as it was resolved
     * @return false once its first process has ended
     */
    public boolean isSame(Target target) {
        return target.firstProcess().isAlive(host.files());
    }

    /** What the process executes that has the id of a target's first one now. */
    Optional<FileIdentity> program(Target target) {
        return host.files().identity("/proc/%d/exe".formatted(target.pid()));
    }

    private Optional<String> cgroupOf(long pid) {
        return host.files().textIfThere("/proc/%d/cgroup".formatted(pid)).filter(text -> !text.isBlank());
    }

    private static ContainerStatus running(String name, Optional<ContainerStatus> status) {
        ContainerStatus found = status.orElseThrow(() -> new ProbeException(
                "The container of target %s does not exist: it was not started, or it was removed (PU0415). Start it before the test method runs, for example with @Testcontainers and @Container, or with start() in a @BeforeAll method."
                        .formatted(name)));
        if (!found.isRunning()) {
            throw new ProbeException(
                    "The container of target %s (%s, image %s) does not run: its status is '%s'%s (PU0416). Probes need its processes; start it before the test method runs, and look at its log with getLogs()."
                            .formatted(
                                    name,
                                    found.shortId(),
                                    found.image(),
                                    found.status(),
                                    found.status().equals("exited") ? ", exit code " + found.exitCode() : ""));
        }
        return found;
    }

    private String elsewhere(String name, ContainerStatus status, Optional<String> cgroup) {
        return "The container of target %s (%s) is not visible on the host '%s' (PU0419): the daemon says that its main process is %d, but here %s. The Docker daemon runs on another machine, or in another PID namespace than this JVM. Set the host to SIDECAR (@ProbeSettings or probeunit.host), which probes from a privileged container on the daemon's machine; or run the tests there, in its PID namespace and its cgroup namespace (for a job in a container: --pid=host --cgroupns=host)."
                .formatted(
                        name,
                        status.shortId(),
                        host.name(),
                        status.pid(),
                        cgroup.map(c -> "process %d belongs to %s".formatted(status.pid(), Cgroups.summary(c)))
                                .orElse("there is no process " + status.pid()));
    }
}
