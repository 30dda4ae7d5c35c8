package io.probeunit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.ProbeException;
import io.probeunit.docker.FakeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupsTest {

    private static final String ID = FakeContainer.ID;

    private final FakeMachine machine = new FakeMachine();

    @ParameterizedTest
    @CsvSource({
        "/docker/ID, 2",
        "/system.slice/docker-ID.scope, 2",
        "/ID, 1",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/docker-ID.scope, 5",
        "/machine.slice/libpod-ID.scope, 2"
    })
    void the_drivers_of_docker_each_have_their_place(String path, int level) {
        String group = path.replace("ID", ID);
        machine.group(group, 5);

        assertThat(find("0::" + group + "\n")).isEqualTo(new Cgroup(group, 5, level));
    }

    @Test
    void a_process_that_moved_below_does_not_hide_the_rest_of_the_container() {
        assertThat(find("0::/docker/" + ID + "/init.scope\n")).isEqualTo(new Cgroup("/docker/" + ID, 777, 2));
    }

    @Test
    void on_a_hybrid_host_the_unified_hierarchy_counts_wherever_it_is_mounted() {
        machine.files.file("/proc/self/mountinfo", """
                31 22 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw
                33 31 0:30 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu
                40 31 0:38 /somewhere /mnt rw - cgroup2 cgroup2 rw
                41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                """);
        machine.files
                .identity("/sys/fs/cgroup/unified", 38, 1)
                .folder("/sys/fs/cgroup/unified/docker/" + ID)
                .identity("/sys/fs/cgroup/unified/docker/" + ID, 38, 9);

        assertThat(find("4:cpu,cpuacct:/docker/" + ID + "\n1:name=systemd:/docker/" + ID + "\n0::/docker/" + ID + "\n"))
                .isEqualTo(new Cgroup("/docker/" + ID, 9, 2));
    }

    @Test
    void cgroup_v1_alone_is_refused() {
        refuses(
                "4:cpu:/docker/" + ID + "\n3:pids:/docker/" + ID + "\n",
                "Target shop has no cgroup v2: its kernel has cgroup v1 alone (4:cpu:/docker/" + ID);
    }

    @ParameterizedTest
    @CsvSource({"/", "/system.slice/containerd.service"})
    void a_group_that_others_share_is_refused(String group) {
        machine.group(group.equals("/") ? "" : group, 1);

        refuses(
                "4:cpu:/docker/" + ID + "\n0::" + group + "\n",
                "Target shop has no cgroup v2 of its own: it is in " + group
                        + ", which it shares with other processes");
    }

    @Test
    void a_group_that_the_host_does_not_see_is_refused() {
        refuses(
                "0::/../" + ID + "\n",
                "The cgroup of target shop is /../" + ID + ", but there is no folder /sys/fs/cgroup/../" + ID
                        + " on this host. A JVM in a container needs the host's cgroup namespace: --cgroupns=host.");
    }

    @Test
    void a_part_of_the_hierarchy_is_refused_since_levels_count_from_its_root() {
        machine.files.identity("/sys/fs/cgroup", 27, 1234);

        refuses("0::/docker/" + ID + "\n", "/sys/fs/cgroup shows only a part of the cgroup v2 hierarchy");
    }

    @Test
    void a_host_without_the_hierarchy_is_told_to_mount_it() {
        machine.files.file("/proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");

        refuses("0::/docker/" + ID + "\n", "no cgroup v2 hierarchy is mounted on this host");
    }

    private Cgroup find(String text) {
        return new Cgroups(machine.files).find("shop", ID, text);
    }

    private void refuses(String text, String message) {
        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> find(text))
                .withMessageContaining(message);
    }
}
