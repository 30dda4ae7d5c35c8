package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.probeunit.ProbeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

        assertThat(find("0::" + group + "\n")).isEqualTo(new Cgroup(group, 5, CgroupLevels.exactly(level)));
    }

    @Test
    void a_process_that_moved_below_does_not_hide_the_rest_of_the_container() {
        assertThat(find("0::/docker/" + ID + "/init.scope\n"))
                .isEqualTo(new Cgroup("/docker/" + ID, 777, CgroupLevels.exactly(2)));
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
                .isEqualTo(new Cgroup("/docker/" + ID, 9, CgroupLevels.exactly(2)));
    }

    /** What is told inside begins with the container's own group, wherever that lies. */
    @Test
    void inside_a_namespace_of_its_own_the_top_is_the_container() {
        machine.files.file("/proc/self/mountinfo", "41 31 0:38 / /run/probeunit/cgroup rw - cgroup2 cgroup2 rw\n");
        machine.files.folder("/run/probeunit/cgroup").identity("/run/probeunit/cgroup", 38, 4242);
        Cgroups cgroups = new Cgroups(machine.files);

        for (String own : List.of("/", "/init.scope")) {
            Cgroup group = cgroups.findInside("shop", ID, "0::" + own + "\n");
            assertThat(group.id()).isEqualTo(4242);
            assertThat(group.levels().isKnown()).isFalse();
            assertThat(group.levels().all()).contains(1, 2, 5).doesNotContain(0);
        }
    }

    @Test
    void inside_a_container_that_shares_the_machines_namespace_nothing_differs() {
        assertThat(new Cgroups(machine.files).findInside("shop", ID, "0::/docker/" + ID + "\n"))
                .isEqualTo(new Cgroup("/docker/" + ID, 777, CgroupLevels.exactly(2)));
        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> new Cgroups(machine.files).findInside("shop", ID, "0::/\n"))
                .withMessageContaining("has no cgroup v2 of its own");
    }

    @Test
    void cgroup_v1_alone_is_refused() {
        refuses(
                "4:cpu:/docker/" + ID + "\n3:pids:/docker/" + ID + "\n",
                "Target shop has no cgroup v2: its kernel has only cgroup v1 (4:cpu:/docker/" + ID);
    }

    @ParameterizedTest
    @CsvSource({"/", "/system.slice/containerd.service"})
    void a_group_that_others_share_is_refused(String group) {
        machine.group(group.equals("/") ? "" : group, 1);

        refuses(
                "4:cpu:/docker/" + ID + "\n0::" + group + "\n",
                "Target shop has no cgroup v2 of its own (PU0428): it is in " + group
                        + ", which it shares with other processes");
    }

    /** It may be anything's that lies at that path from the mount. */
    @ParameterizedTest
    @ValueSource(strings = {"/../ID", "/../../docker/ID", "/.."})
    void a_group_outside_of_the_namespace_is_elsewhere_even_where_there_is_such_a_folder(String path) {
        String group = path.replace("ID", ID);
        machine.group(group, 5);

        isElsewhere(
                "0::" + group + "\n",
                "The cgroup of target shop is " + group + ": it lies outside of this host's cgroup namespace");
    }

    @Test
    void dots_at_the_beginning_of_a_name_do_not_lead_outside() {
        machine.group("/..x/" + ID, 5);

        assertThat(find("0::/..x/" + ID + "\n").id()).isEqualTo(5);
    }

    @Test
    void a_group_that_the_host_does_not_see_is_elsewhere() {
        isElsewhere(
                "0::/other/" + ID + "\n",
                "The cgroup of target shop is /other/" + ID + ", but there is no folder /sys/fs/cgroup/other/" + ID
                        + " on this host (PU0425). Set the host to SIDECAR");
    }

    @Test
    void below_a_namespace_of_unknown_depth_the_group_may_lie_at_several_levels() {
        machine.files.identity("/sys/fs/cgroup", 27, 1234);

        CgroupLevels levels = find("0::/docker/" + ID + "\n").levels();

        // the root of the namespace is not that of the hierarchy, so at least one level lies above
        assertThat(levels).isEqualTo(new CgroupLevels(3, 14));
        assertThat(levels.isKnown()).isFalse();
        assertThat(levels.all()).startsWith(3, 4).endsWith(13, 14);
    }

    @Test
    void levels_that_are_none_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CgroupLevels(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CgroupLevels.exactly(-1));
    }

    @Test
    void a_host_without_the_hierarchy_is_told_to_mount_it() {
        machine.files.file("/proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");

        isElsewhere("0::/docker/" + ID + "\n", "no cgroup v2 hierarchy is mounted on this host");
    }

    private Cgroup find(String text) {
        return new Cgroups(machine.files).find("shop", ID, text);
    }

    private void isElsewhere(String text, String message) {
        assertThatExceptionOfType(ContainerOutOfReachException.class)
                .isThrownBy(() -> find(text))
                .withMessageContaining(message);
    }

    private void refuses(String text, String message) {
        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> find(text))
                .withMessageContaining(message);
    }
}
