package io.probeunit.internal.targets;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.RunningProcess;
import io.probeunit.internal.host.WantedFiles;
import java.util.List;
import java.util.Optional;

/** Looks at the processes of one target: those of its control group, which engines count. Thread-safe. */
public final class ProcessLook {

    private final Host host;
    private final Target target;
    private Optional<String> group = Optional.empty();

    /**
     * Prepares to look.
     *
     * @param host that the target was resolved on
     * @param target whose processes
     */
    public ProcessLook(Host host, Target target) {
        this.host = host;
        this.target = target;
    }

    /**
     * Looks.
     *
     * @param wanted which files are of interest
     * @return the processes that have mapped such files now
     */
    public List<RunningProcess> look(WantedFiles wanted) {
        return host.running(folder(), wanted);
    }

    /**
     * Where the host sees the control group. Looked up when it is first needed: a table of mounts is long.
     *
     * @return its folder
     */
    public synchronized String folder() {
        String folder = group.orElseGet(() -> new Cgroups(host.files()).folder(target));
        group = Optional.of(folder);
        return folder;
    }
}
