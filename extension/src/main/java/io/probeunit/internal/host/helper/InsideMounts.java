package io.probeunit.internal.host.helper;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.InsideHelper;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.nio.charset.StandardCharsets;

/**
 * The environment of a helper inside a target: mounts that only the helper and its programs see, and a cgroup below the
 * container's cgroup, so that our processes are distinguished from the container's own.
 *
 * @param files as the helper sees them
 * @param calls makes mounts
 * @param containers the folder of the container's cgroup
 * @param group that of ours
 */
public record InsideMounts(HostFiles files, MountCalls calls, String containers, String group) {

    private static final String GROUPS = "/run/probeunit/cgroup";
    private static final String DEBUG = "/sys/kernel/debug";
    private static final String OWN_GROUP = "0::";
    private static final long ROOT_OF_ALL_GROUPS = 1;
    private static final int TRIES = 100;
    private static final int NO_FOLDER = -100;
    private static final int WRITE_ONLY = 02000001;
    private static final int REMOVE_FOLDER = 0x200;

    /**
     * Makes it, while the helper has one thread.
     *
     * @param helper in a privileged container
     * @param name its name
     * @return the place
     * @throws HostException if that is refused, with the reason
     */
    public static InsideMounts make(Helper helper, InsideHelper name) {
        HostFiles files = helper.files();
        MountCalls calls = new MountCalls(helper.kernel());
        try {
            for (String folder : new String[] {"/run", "/tmp", "/var/tmp"}) {
                if (!files.isFolder(folder)) {
                    files.createFolder(folder);
                }
            }
            calls.separate();
            // with a unique path, the kernel's list of probes shows whose they are; our mount would hide what is
            // below
            String seen = name.folder() + "/root";
            calls.mount("probeunit", "/run", "tmpfs", 0, "mode=755");
            files.createFolder(seen);
            calls.mount("/", seen, "none", MountCalls.BIND_ALL_BELOW, "");
            calls.unmount(seen + "/run");
            calls.mount("probeunit", "/tmp", "tmpfs", 0, "mode=1777");
            calls.mount("probeunit", "/var/tmp", "tmpfs", 0, "mode=755");
            if (!files.exists(DEBUG + "/tracing")) {
                calls.mount("none", DEBUG, "debugfs", 0, "");
            }
            files.createFolder(GROUPS);
            calls.mount("none", GROUPS, "cgroup2", 0, "");
        } catch (KernelException e) {
            throw new HostException(
                    "ProbeUnit could not make its own mounts in the container (PU1054): %s".formatted(e.getMessage()),
                    e);
        }
        InsideMounts mounts = groups(files, calls);
        mounts.enter();
        helper.kernel().atEnd(mounts.leave());
        return mounts;
    }

    private static InsideMounts groups(HostFiles files, MountCalls calls) {
        String path = files.text("/proc/self/cgroup")
                .lines()
                .filter(line -> line.startsWith(OWN_GROUP))
                .map(line -> line.substring(OWN_GROUP.length()).replaceFirst("/$", ""))
                .findFirst()
                .orElse("");
        boolean root = files.identity(GROUPS)
                .filter(identity -> identity.inode() == ROOT_OF_ALL_GROUPS)
                .isPresent();
        if (path.isEmpty() && root) {
            throw new HostException("The container has no cgroup v2 of its own (PU0428).");
        }
        return new InsideMounts(files, calls, GROUPS + path, GROUPS + path + "/" + Host.TOOLS_GROUP);
    }

    /** Another helper that ends may take the group away at any time. */
    private void enter() {
        for (int i = 1; ; i++) {
            try {
                files.createFolder(group);
                files.append(group + "/cgroup.procs", "0".getBytes(StandardCharsets.US_ASCII));
                return;
            } catch (HostException e) {
                if (i == TRIES) {
                    throw new HostException(
                            "Our helper could not be moved into a cgroup below the container's (%s) (PU1055): %s"
                                    .formatted(group, e.getMessage()),
                            e);
                }
            }
        }
    }

    /** Goes back among the container's own processes; who leaves last takes the group away. */
    private Batch leave() {
        Batch batch = new Batch();
        Batch.Call open = batch.call(
                SystemCall.OPENAT,
                value(NO_FOLDER),
                batch.text(containers + "/cgroup.procs"),
                value(WRITE_ONLY),
                value(0));
        batch.call(SystemCall.WRITE, open, batch.text("0"), value(1));
        batch.call(SystemCall.UNLINKAT, value(NO_FOLDER), batch.text(group), value(REMOVE_FOLDER));
        return batch;
    }
}
