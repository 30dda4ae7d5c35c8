package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.host.Host;

/** How programs are attached to uprobes. */
public enum AttachMode {
    /** By links where the kernel has them, else by perf events. */
    AUTO,
    /** By links, which came with Linux 6.6. */
    LINK,
    /** By perf events, one a place. */
    PERF;

    Attacher on(Host host) {
        Bpf bpf = new Bpf(host.calls());
        return links(bpf) ? new LinkAttacher(host.calls(), bpf) : new PerfAttacher(host.calls(), bpf, host.files());
    }

    /** Whether many places cost no more to remove than one. */
    boolean links(Host host) {
        return links(new Bpf(host.calls()));
    }

    private boolean links(Bpf bpf) {
        return this == LINK || this == AUTO && bpf.hasUprobeLinks();
    }
}
