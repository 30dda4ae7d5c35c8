package io.probeunit.internal.targets;

import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.plan.BinarySelector;

/** A fixture: a machine on which one container runs, its root mounted by Docker's overlay2 driver. */
final class FakeMachine {

    static final long PID = 4711;
    static final String GROUP = "/docker/" + FakeContainer.ID;
    static final String ROOT = "/proc/4711/root";
    static final String MERGED = "/var/lib/docker/overlay2/abc/merged";

    final FakeHost host = new FakeHost();
    final FakeFiles files = host.files();

    FakeMachine() {
        process(PID, "0::" + GROUP + "\n");
        files.file("/proc/self/mountinfo", """
                22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
                31 22 0:27 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw
                900 22 0:53 / %s rw,relatime shared:400 - overlay overlay rw,lowerdir=/l:/m,upperdir=/u
                """.formatted(MERGED));
        files.file("/proc/4711/mountinfo", """
                1000 900 0:53 / / rw,relatime master:400 - overlay overlay rw,lowerdir=/l:/m,upperdir=/u
                1001 1000 0:60 / /proc rw,nosuid - proc proc rw
                """);
        files.folder("/sys/fs/cgroup").identity("/sys/fs/cgroup", 27, 1);
        group(GROUP, 777);
        files.file("/proc/4711/environ", "HOME=/\0PATH=/opt/bin:/usr/bin:relative\0");
        files.file("/proc/4711/maps", "");
        files.link("/proc/4711/exe", "/usr/bin/shop");
        binary("/usr/bin/shop", 42);
    }

    FakeMachine process(long pid, String cgroup) {
        files.file("/proc/%d/stat".formatted(pid), stat(pid, 'S', 99));
        files.file("/proc/%d/cgroup".formatted(pid), cgroup);
        return this;
    }

    FakeMachine group(String path, long inode) {
        files.folder("/sys/fs/cgroup" + path).identity("/sys/fs/cgroup" + path, 27, inode);
        return this;
    }

    /** A file of the container, seen through its root and through the host's mount. */
    FakeMachine binary(String path, long inode) {
        files.file(ROOT + path, "").identity(ROOT + path, 53, inode);
        files.file(MERGED + path, "").identity(MERGED + path, 53, inode);
        return this;
    }

    Target target() {
        return target(new BinarySelector.TargetDefault());
    }

    Target target(BinarySelector defaultBinary) {
        return new Target(
                "shop",
                FakeContainer.ID,
                PID,
                99,
                "2026-01-02T03:04:05Z",
                new Cgroup(GROUP, 777, CgroupLevels.exactly(2)),
                defaultBinary);
    }

    static String stat(long pid, char state, long start) {
        return "%d (shop) %c 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0".formatted(pid, state, start);
    }
}
