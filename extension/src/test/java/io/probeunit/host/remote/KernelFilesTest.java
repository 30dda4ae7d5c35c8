package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelFilesTest {

    @Test
    void a_container_sees_its_own_groups_of_a_hierarchy_alone() {
        assertThat(KernelFiles.partOfPerfEvent(
                        "202 196 0:34 /docker/8a31 /sys/fs/cgroup/perf_event rw,nosuid - cgroup cgroup rw,perf_event"))
                .contains("/sys/fs/cgroup/perf_event");
    }

    @Test
    void what_is_whole_or_another_hierarchy_stays() {
        for (String line : new String[] {
            "34 30 0:31 / /sys/fs/cgroup/perf_event rw,nosuid shared:12 - cgroup cgroup rw,perf_event",
            "202 196 0:34 /docker/8a31 /sys/fs/cgroup/freezer rw,nosuid - cgroup cgroup rw,freezer",
            "30 24 0:27 /docker/8a31 /sys/fs/cgroup rw,nosuid - cgroup2 cgroup rw,nsdelegate",
            "21 1 0:5 /perf_event /dev rw - devtmpfs udev rw"
        }) {
            assertThat(KernelFiles.partOfPerfEvent(line)).as(line).isEmpty();
        }
    }
}
