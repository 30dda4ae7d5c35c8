package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.BinarySelector;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Binaries of a container, where the host sees them, and which is meant by a bare name. */
class TargetFilesTest {

    private final FakeMachine machine = new FakeMachine();
    private final TargetFiles targetFiles = new TargetFiles(machine.host);

    @Test
    void an_executable_on_overlay2_is_seen_through_the_merged_folder() {
        assertThat(find(""))
                .isEqualTo(new TargetFile(
                        "/usr/bin/shop", FakeMachine.MERGED + "/usr/bin/shop", new FileIdentity(53, 42)));
    }

    @Test
    void the_default_is_what_the_field_says() {
        machine.binary("/opt/other", 43);

        assertThat(targetFiles
                        .find(
                                machine.target(new BinarySelector.AbsolutePath("/opt/other")),
                                new BinarySelector.TargetDefault())
                        .path())
                .isEqualTo("/opt/other");
    }

    @Test
    void what_is_loaded_is_what_processes_execute() {
        machine.binary("/opt/other", 43).binary("/usr/lib/libc.so.6", 44).binary("/usr/lib/locale", 45);
        machine.files.file("/proc/4711/maps", """
                1000-2000 r--p 00000000 00:35 42 /usr/bin/shop
                2000-3000 r-xp 00001000 00:35 42 /usr/bin/shop
                3000-4000 r-xp 00001000 00:35 44 /usr/lib/libc.so.6
                4000-5000 r--p 00000000 00:35 45 /usr/lib/locale
                5000-6000 r-xp 00000000 00:35 46 /usr/lib/gone.so (deleted)
                6000-7000 r-xp 00000000 00:00 0 [vdso]
                7000-8000 r-xp 00000000 00:00 0
                """);
        Target target = machine.target(new BinarySelector.AbsolutePath("/opt/other"));

        TargetFiles.Loaded loaded = targetFiles.loaded(target, 9);

        assertThat(loaded.programs()).extracting(TargetFile::path).containsExactly("/opt/other", "/usr/bin/shop");
        assertThat(loaded.libraries()).extracting(TargetFile::path).containsExactly("/usr/lib/libc.so.6");
        assertThat(targetFiles.loaded(target, 2).libraries()).isEmpty();
    }

    @Test
    void a_volume_is_seen_where_the_host_keeps_it() {
        machine.files.file("/proc/4711/mountinfo", """
                1000 900 0:53 / / rw,relatime - overlay overlay rw
                1002 1000 8:1 /var/lib/docker/volumes/v\\0401/_data /opt/app rw,relatime - ext4 /dev/sda1 rw
                """);
        seen("/opt/app/shop", "/var/lib/docker/volumes/v 1/_data/shop", 8);

        assertThat(find("/opt/app/shop").hostPath()).isEqualTo("/var/lib/docker/volumes/v 1/_data/shop");
    }

    @Test
    void a_single_file_may_be_mounted() {
        machine.files.file("/proc/4711/mountinfo", """
                1000 900 0:53 / / rw,relatime - overlay overlay rw
                1002 1000 8:1 /home/me/build/shop /usr/local/bin/shop ro - ext4 /dev/sda1 rw
                """);
        seen("/usr/local/bin/shop", "/home/me/build/shop", 8);

        assertThat(find("/usr/local/bin/shop").hostPath()).isEqualTo("/home/me/build/shop");
    }

    @Test
    void a_subvolume_of_btrfs_is_seen_below_the_mount_that_holds_it() {
        machine.files.file("/proc/self/mountinfo", """
                22 1 0:21 /@ / rw,relatime - btrfs /dev/sda2 rw,subvol=/@
                23 22 0:21 /@docker /var/lib/docker rw,relatime - btrfs /dev/sda2 rw,subvol=/@docker
                """);
        machine.files.file(
                "/proc/4711/mountinfo",
                "1000 900 0:21 /@docker/btrfs/subvolumes/abc / rw,relatime - btrfs /dev/sda2 rw\n");
        seen("/usr/bin/shop", "/var/lib/docker/btrfs/subvolumes/abc/usr/bin/shop", 21);

        assertThat(find("").hostPath()).isEqualTo("/var/lib/docker/btrfs/subvolumes/abc/usr/bin/shop");
    }

    @Test
    void of_two_mounts_at_one_point_the_later_one_holds() {
        machine.files.file("/proc/4711/mountinfo", """
                1000 900 0:53 / / rw - overlay overlay rw
                1002 1000 0:70 / /opt rw - tmpfs tmpfs rw
                1003 1002 8:1 /srv /opt rw - ext4 /dev/sda1 rw
                """);
        seen("/opt/shop", "/srv/shop", 8);

        assertThat(find("/opt/shop").hostPath()).isEqualTo("/srv/shop");
    }

    @Test
    void of_two_mounts_the_deeper_one_holds_wherever_it_stands() {
        machine.files.file("/proc/4711/mountinfo", """
                1003 1002 8:1 /srv /opt/app rw - ext4 /dev/sda1 rw
                1002 1000 0:70 / /opt rw - tmpfs tmpfs rw
                1000 900 0:53 / / rw - overlay overlay rw
                """);
        seen("/opt/app/shop", "/srv/shop", 8);

        assertThat(find("/opt/app/shop").hostPath()).isEqualTo("/srv/shop");
    }

    @Test
    void another_file_at_the_hosts_place_is_never_taken() {
        machine.files.identity(FakeMachine.MERGED + "/usr/bin/shop", 53, 1);

        assertThat(find("").hostPath()).isEqualTo(FakeMachine.ROOT + "/usr/bin/shop");
    }

    @Test
    void a_file_system_that_the_host_has_not_mounted_is_reached_through_the_containers_root() {
        machine.files.file(
                "/proc/4711/mountinfo",
                "1000 900 0:53 / / rw - overlay overlay rw\n1 2 0:71 / /opt rw - tmpfs tmpfs rw\n");
        machine.binary("/opt/shop", 8);

        assertThat(find("/opt/shop"))
                .isEqualTo(new TargetFile(
                        "/opt/shop", FakeMachine.ROOT + "/opt/shop", new FileIdentity(53, 8), Reach.ROOT));
    }

    @Test
    void a_folder_is_no_binary() {
        refuses("/usr/bin", "/usr/bin in target shop is not a regular file; name an executable or a library (PU0510).");
    }

    @Test
    void of_an_executable_that_was_replaced_the_one_that_runs_is_taken() {
        runsDeleted("/usr/bin/shop", 7);

        assertThat(find(""))
                .isEqualTo(new TargetFile("/usr/bin/shop", "/proc/4711/exe", new FileIdentity(53, 7), Reach.PROCESS));
        assertThat(find("").note()).hasValueSatisfying(r -> assertThat(r).contains("/usr/bin/shop was deleted"));
    }

    @Test
    void what_replaced_an_executable_that_runs_is_its_successor() {
        TargetFile now = find("");
        runsDeleted("/usr/bin/shop", 7);

        assertThat(targetFiles.successor(machine.target(), find(""))).contains(now);
        assertThat(targetFiles.successor(machine.target(), now)).isEmpty();
    }

    @Test
    void an_executable_that_was_deleted_has_no_successor() {
        runsDeleted("/usr/bin/gone", 7);

        assertThat(targetFiles.successor(machine.target(), find(""))).isEmpty();
    }

    @Test
    void an_executable_over_which_something_was_mounted_is_still_the_one_that_runs() {
        machine.files.file("/usr/bin/shop", "").identity("/usr/bin/shop", 53, 7);

        assertThat(find("").hostPath()).isEqualTo("/proc/4711/exe");
    }

    /** As in every test after the first of a class. */
    @Nested
    class TheMainProgramThatWasFoundBefore {

        private final TargetFile before = runs(42);

        @Test
        void is_the_same_while_all_that_leads_to_it_is() {
            assertThat(find("")).isSameAs(before);
        }

        @Test
        void is_the_one_that_runs_where_something_was_mounted_over_it_since() {
            machine.files.identity(FakeMachine.ROOT + "/usr/bin/shop", 53, 7);

            assertThat(find(""))
                    .isEqualTo(
                            new TargetFile("/usr/bin/shop", "/proc/4711/exe", new FileIdentity(53, 42), Reach.PROCESS));
        }

        @Test
        void is_another_where_the_process_executes_another() {
            assertThat(runs(7).identity()).isEqualTo(new FileIdentity(53, 7));
        }

        @Test
        void is_seen_elsewhere_where_the_host_shows_another_file_now() {
            machine.files.identity(FakeMachine.MERGED + "/usr/bin/shop", 53, 1);

            assertThat(find("").hostPath()).isEqualTo(FakeMachine.ROOT + "/usr/bin/shop");
        }

        private TargetFile runs(long inode) {
            machine.files.file("/usr/bin/shop", "").identity("/usr/bin/shop", 53, inode);
            return find("");
        }
    }

    @Test
    void a_container_that_has_ended_is_said_to_have_ended() {
        machine.files.delete("/proc/4711");

        refuses(
                "",
                "The container of target shop has ended, or was restarted: its main process, 4711, is gone (PU0507).");
        refuses("/usr/bin/shop", "has ended");
        refuses("shop", "has ended");
    }

    @Test
    void an_id_that_was_given_again_is_not_taken_for_the_container() {
        machine.files.file("/proc/4711/stat", FakeMachine.stat(4711, 'S', 100));

        refuses("/usr/bin/shop", "has ended, or was restarted");
    }

    @Test
    void a_name_is_looked_up_among_what_the_containers_processes_have_mapped() {
        machine.process(4800, "0::" + FakeMachine.GROUP + "\n")
                .process(4801, "0::" + FakeMachine.GROUP + "/below\n")
                .process(5000, "0::/docker/" + "f".repeat(64) + "\n")
                .binary("/srv/worker", 1)
                .binary("/usr/bin/worker", 2)
                .binary("/srv/nested", 3)
                .binary("/srv/sibling", 4);
        maps(4800, "/srv/worker");
        maps(4801, "/srv/nested");
        maps(5000, "/srv/sibling");

        assertThat(find("worker").path()).as("before PATH").isEqualTo("/srv/worker");
        assertThat(find("nested").path()).isEqualTo("/srv/nested");
        refuses("sibling", "There is no binary 'sibling' in target shop");
    }

    @Test
    void then_in_path_then_in_the_library_folders() {
        machine.binary("/opt/bin/tool", 1)
                .binary("/usr/bin/tool", 2)
                .binary("/usr/lib/x86_64-linux-gnu/libssl.so.3", 3)
                .binary("/relative/other", 4);

        assertThat(find("tool").path()).isEqualTo("/opt/bin/tool");
        assertThat(find("libssl.so.3").path()).isEqualTo("/usr/lib/x86_64-linux-gnu/libssl.so.3");
        refuses(
                "libsl.so.3",
                "There is no binary 'libsl.so.3' in target shop (PU0502): no process has mapped it, and it is not in /opt/bin, /usr/bin, /lib, /usr/lib, /usr/lib/x86_64-linux-gnu, /lib64, /usr/lib64, /usr/local/lib. Nearest names: libssl.so.3");
    }

    @Test
    void two_links_to_one_mapped_file_are_one_but_two_files_are_ambiguous() {
        machine.binary("/srv/app", 1).binary("/opt/app", 2);
        machine.files.link(FakeMachine.ROOT + "/current", "/srv");
        maps(4711, "/srv/app", "/current/app");
        assertThat(find("app").path()).isEqualTo("/srv/app");

        maps(4711, "/srv/app", "/opt/app");
        refuses("app", "'app' is ambiguous in target shop (PU0503): its processes have mapped /srv/app and /opt/app.");
    }

    @Nested
    class ThatWasReplaced {

        private static final String RANGE = "/proc/4711/map_files/55d0c0000000-55d0c0001000";
        private static final String OTHERS_RANGE = "/proc/4800/map_files/55d0c0000000-55d0c0001000";

        @Test
        void is_the_one_that_a_process_runs() {
            maps(4711, "/usr/bin/shop (deleted)");
            machine.files.file(RANGE, "").identity(RANGE, 53, 7);
            TargetFile old = new TargetFile("/usr/bin/shop", RANGE, new FileIdentity(53, 7), Reach.PROCESS);

            assertThat(find("shop")).isEqualTo(old);
            assertThat(find("/usr/bin/shop")).isEqualTo(old);
        }

        @Test
        void is_found_where_its_addresses_are_fixed_and_so_small_that_the_table_adds_zeros() {
            String range = "/proc/4711/map_files/400000-401000";
            machine.files.file(
                    "/proc/4711/maps", "00400000-00401000 r-xp 00000000 00:35 42      /usr/bin/shop (deleted)\n");
            machine.files.file(range, "").identity(range, 53, 7);

            assertThat(find("shop").hostPath()).isEqualTo(range);
        }

        @Test
        void is_found_by_its_path_though_nothing_is_there() {
            machine.files.link(FakeMachine.ROOT + "/current", "/srv");
            machine.files.folder(FakeMachine.ROOT + "/srv");
            maps(4711, "/srv/app (deleted)");
            machine.files.file(RANGE, "").identity(RANGE, 53, 7);

            assertThat(find("/srv/app").hostPath()).isEqualTo(RANGE);
            assertThat(find("/current/app").hostPath()).isEqualTo(RANGE);
            refuses("/srv/ap", "There is no file /srv/ap in target shop");
        }

        @Test
        void is_the_same_whichever_process_is_asked() {
            machine.process(4800, "0::" + FakeMachine.GROUP + "\n");
            maps(4711, "/usr/bin/shop (deleted)");
            maps(4800, "/usr/bin/shop (deleted)");
            machine.files.file(RANGE, "").identity(RANGE, 53, 7);
            machine.files.file(OTHERS_RANGE, "").identity(OTHERS_RANGE, 53, 7);

            assertThat(find("shop").hostPath()).isEqualTo(RANGE);
        }

        @Test
        void is_ambiguous_where_processes_run_both() {
            machine.process(4800, "0::" + FakeMachine.GROUP + "\n");
            maps(4711, "/usr/bin/shop (deleted)");
            maps(4800, "/usr/bin/shop");
            machine.files.file(RANGE, "").identity(RANGE, 53, 7);

            refuses("shop", "/usr/bin/shop and /usr/bin/shop (which was deleted or replaced). Restart");
            refuses("/usr/bin/shop", "processes run both an old and a newer file");
        }

        @Test
        void is_not_looked_for_where_the_file_is_older_than_the_container() {
            maps(4711, "/usr/bin/shop (deleted)");
            machine.files.file(RANGE, "").identity(RANGE, 53, 7);
            machine.files.changed(FakeMachine.ROOT + "/usr/bin/shop", Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(find("/usr/bin/shop").reach()).isEqualTo(Reach.MOUNT);

            machine.files.changed(FakeMachine.ROOT + "/usr/bin/shop", Instant.parse("2026-01-02T03:04:06Z"));
            assertThat(find("/usr/bin/shop").reach()).isEqualTo(Reach.PROCESS);
        }
    }

    @Test
    void what_else_is_executed() {
        machine.process(4800, "0::" + FakeMachine.GROUP + "\n").binary("/opt/worker", 9);
        machine.files.link("/proc/4800/exe", "/opt/worker");

        assertThat(targetFiles.otherExecutables(machine.target(), 5))
                .extracting(TargetFile::path)
                .containsExactly("/opt/worker");
        assertThat(targetFiles.otherExecutables(machine.target(), 0)).isEmpty();
    }

    private void runsDeleted(String path, long inode) {
        machine.files.link("/proc/4711/exe", path + " (deleted)");
        machine.files.file(path + " (deleted)", "").identity(path + " (deleted)", 53, inode);
    }

    private void seen(String inside, String onHost, long inode) {
        machine.files.file(FakeMachine.ROOT + inside, "").identity(FakeMachine.ROOT + inside, 9, inode);
        machine.files.file(onHost, "").identity(onHost, 9, inode);
    }

    private void maps(long pid, String... paths) {
        StringBuilder text = new StringBuilder("7ffc0000-7ffd0000 rw-p 00000000 00:00 0          [stack]\n");
        for (String path : paths) {
            text.append("55d0c0000000-55d0c0001000 r-xp 00001000 00:35 42                 ")
                    .append(path)
                    .append('\n');
        }
        machine.files.file("/proc/%d/maps".formatted(pid), text.toString());
    }

    private TargetFile find(String binary) {
        return targetFiles.find(machine.target(), BinarySelector.parse(binary));
    }

    private void refuses(String binary, String message) {
        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> find(binary))
                .withMessageContaining(message);
    }
}
