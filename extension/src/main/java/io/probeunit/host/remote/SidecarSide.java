package io.probeunit.host.remote;

import io.probeunit.host.Command;
import io.probeunit.host.Host;
import io.probeunit.host.HostFiles;
import io.probeunit.host.HostProcess;
import io.probeunit.host.KernelIdentity;
import io.probeunit.host.LocalHost;

/** The machine as a privileged container sees it: all processes, but not the mounts of other containers. */
final class SidecarSide implements Host {

    private final LocalHost local;
    private final ShownRoots roots;

    SidecarSide(LocalHost local) {
        this.local = local;
        this.roots = new ShownRoots(local, MountCalls.load());
    }

    @Override
    public String name() {
        return local.name();
    }

    @Override
    public HostFiles files() {
        return local.files();
    }

    @Override
    public HostProcess start(Command command) {
        return local.start(command);
    }

    @Override
    public KernelIdentity kernel() {
        return local.kernel();
    }

    @Override
    public long nanos() {
        return local.nanos();
    }

    @Override
    public void showRoot(long pid) {
        roots.show(pid);
    }
}
