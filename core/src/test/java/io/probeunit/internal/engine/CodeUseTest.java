package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.ElfFixture;
import io.probeunit.internal.engine.CodeUse.Code;
import io.probeunit.internal.engine.CodeUse.Sight;
import io.probeunit.internal.engine.CodeUse.Unseen;
import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeUseTest {

    private static final String GROUP = "/sys/fs/cgroup/docker/x";
    private static final long SHOP = 42;
    private static final long SHELL = 43;
    private static final long LOADER = 44;
    private static final long QEMU = 45;
    private static final long LIBRARY = 46;
    private static final long OTHER_LIBRARY = 47;
    private static final long OFFSET = 0x1234;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;

    private final FakeHost host = new FakeHost();
    private final FakeFiles files = host.files();
    private final CodeUse use = new CodeUse(
            host,
            new Target(
                    "shop",
                    "0123456789ab",
                    1,
                    99,
                    "2026-01-01T00:00:00Z",
                    new Cgroup("/docker/x", 5, CgroupLevels.exactly(2)),
                    new BinarySelector.TargetDefault()));
    private final TargetFile shop = file("/usr/bin/shop", SHOP);
    private final TargetFile library = file("/usr/lib/libshop.so.1", LIBRARY);

    @BeforeEach
    void machine() {
        files.file("/proc/self/mountinfo", "31 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        elf("/usr/bin/shop", SHOP, ElfFixture.program(true));
        elf("/bin/sh", SHELL, ElfFixture.program(true));
        elf("/lib64/ld.so", LOADER, ElfFixture.library("ld.so"));
        elf("/usr/bin/qemu", QEMU, ElfFixture.program(false));
        elf("/usr/lib/libshop.so.1", LIBRARY, ElfFixture.library("libshop.so.1"));
        elf("/opt/libshop.so.1.2", OTHER_LIBRARY, ElfFixture.library("libshop.so.1"));
        group(GROUP, 0, 10);
    }

    @Test
    void code_that_its_own_process_executes_is_seen() {
        process(10, "/usr/bin/shop", map("r--p", 0, SHOP, "/usr/bin/shop"), map("r-xp", 0x1000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop)).isEmpty();
        assertThat(use.onlyTranslatedBy(shop)).isEmpty();
    }

    @Test
    void code_that_was_moved_is_not() {
        process(10, "/usr/bin/shop", map("r--p", 0, SHOP, "/usr/bin/shop"), map("r-xp", 0x2000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop)).singleElement().satisfies(one -> {
            assertThat(one.doubt().text()).contains("process 10 (/usr/bin/shop)", "moved to other memory");
            assertThat(one.certain()).isFalse();
        });
    }

    @Test
    void a_page_that_may_not_be_executed_is_no_place_for_a_probe() {
        process(10, "/usr/bin/shop", map("r--p", 0, SHOP, "/usr/bin/shop"), map("rw-p", 0x1000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop)).hasSize(1);
    }

    @Test
    void the_kernel_places_no_probe_where_code_is_writable_or_shared() {
        process(10, "/usr/bin/shop", map("rwxp", 0x1000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop)).hasSize(1);
        process(10, "/usr/bin/shop", map("r-xs", 0x1000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop)).hasSize(1);
    }

    @Test
    void a_file_that_is_merely_read_is_not_in_use() {
        process(10, "/bin/sh", map("r--s", 0, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop)).isEmpty();
    }

    @Test
    void an_emulator_executes_something_else() {
        process(10, "/usr/bin/qemu", map("r--p", 0, SHOP, "/usr/bin/shop"), map("rw-p", 0x5000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop))
                .singleElement()
                .satisfies(one -> assertThat(one.doubt().text())
                        .contains("process 10 (/usr/bin/qemu)", "executes it in its own way"));
        assertThat(use.onlyTranslatedBy(shop)).contains("/usr/bin/qemu");
    }

    @Test
    void a_tool_that_maps_code_as_code_does_so_too() {
        process(10, "/usr/bin/qemu", map("r-xp", 0x1000, SHOP, "/usr/bin/shop"));
        process(11, "/usr/bin/shop", map("r-xp", 0x1000, SHOP, "/usr/bin/shop"));
        group(GROUP, 0, 10, 11);
        assertThat(unseen(shop)).hasSize(1);
        assertThat(use.onlyTranslatedBy(shop)).isEmpty();
    }

    @Test
    void so_it_does_with_libraries() {
        process(10, "/usr/bin/qemu", map("r-xp", 0x1000, LIBRARY, "/usr/lib/libshop.so.1"));
        assertThat(unseen(library)).hasSize(1);
        process(10, "/bin/sh", map("r-xp", 0x1000, LIBRARY, "/usr/lib/libshop.so.1"));
        assertThat(unseen(library)).isEmpty();
    }

    @Test
    void the_dynamic_loader_executes_the_program_itself() {
        process(10, "/lib64/ld.so", map("r--p", 0, SHOP, "/usr/bin/shop"), map("r-xp", 0x1000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop)).isEmpty();
        assertThat(use.onlyTranslatedBy(shop)).isEmpty();
    }

    @Test
    void processes_of_nested_groups_belong_to_the_target_but_for_our_tools() {
        group(GROUP, 2);
        group(GROUP + "/below", 0, 10);
        group(GROUP + "/probeunit-tools", 0, 11);
        process(10, "/usr/bin/qemu", map("r-xp", 0x1000, SHOP, "/usr/bin/shop"));
        process(11, "/usr/bin/qemu", map("r-xp", 0x1000, SHOP, "/usr/bin/shop"));
        assertThat(unseen(shop))
                .singleElement()
                .satisfies(one -> assertThat(one.doubt().text()).contains("process 10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[anon: jit]", "[stack]", "/memfd:jit (deleted)"})
    void what_a_process_can_move_over_the_code_is_looked_for_every_time(String name) {
        String itsOwn = map("r-xp", 0x1000, SHOP, "/usr/bin/shop");
        process(
                10,
                "/usr/bin/shop",
                itsOwn,
                map("r--p", 0, 0, name),
                map("r-xp", 0, 0, "[vdso]"),
                map("r-xp", 0, 0, "[uprobes]"));
        assertThat(look(shop)).isEqualTo(new Sight(List.of(), true));

        process(10, "/usr/bin/shop", itsOwn, map("r-xp", 0, 0, name));
        assertThat(look(shop)).isEqualTo(new Sight(List.of(), false));
    }

    @Test
    void another_library_of_the_name_has_no_probes() {
        process(
                10,
                "/bin/sh",
                map("r-xp", 0x1000, LIBRARY, "/usr/lib/libshop.so.1"),
                map("r-xp", 0x1000, OTHER_LIBRARY, "/opt/libshop.so.1.2"));
        Code byPath = new Code(library, Set.of(OFFSET), Optional.empty());
        Code byName = new Code(library, Set.of(OFFSET), Optional.of("libshop.so.1"));
        assertThat(use.look(List.of(byPath)).unseen()).isEmpty();
        assertThat(use.look(List.of(byName)).unseen()).singleElement().satisfies(one -> {
            assertThat(one.doubt().text()).contains("/opt/libshop.so.1.2", "/usr/lib/libshop.so.1", "absolute path");
            assertThat(one.certain()).isTrue();
        });
    }

    @Test
    void a_library_with_a_similar_name_is_another_one() {
        elf("/usr/lib/libshopping.so.1", 48, ElfFixture.library("libshopping.so.1"));
        process(10, "/bin/sh", map("r-xp", 0x1000, 48, "/usr/lib/libshopping.so.1"));
        assertThat(use.look(List.of(new Code(library, Set.of(OFFSET), Optional.of("libshop.so.1"))))
                        .unseen())
                .isEmpty();
    }

    @Test
    void a_library_calls_itself_by_its_name_in_whatever_file() {
        elf("/memfd:plugin", 48, ElfFixture.library("libshop.so.1"));
        process(10, "/bin/sh", map("r-xp", 0x1000, 48, "/memfd:plugin"));
        for (String name : List.of("libshop.so.1", "libshop.so")) {
            assertThat(use.look(List.of(new Code(library, Set.of(OFFSET), Optional.of(name))))
                            .unseen())
                    .singleElement()
                    .satisfies(one -> assertThat(one.doubt().text()).contains("runs another file of the name " + name));
        }
    }

    @Test
    void what_was_mapped_meanwhile_is_judged_though_the_process_has_ended() {
        Code byName = new Code(library, Set.of(OFFSET), Optional.of("libshop.so.1"));
        Code program = new Code(shop, Set.of(OFFSET), Optional.empty());
        List<KernelWatch.Mapped> mapped = List.of(
                mapped(77, true, "/bin/sh", SHELL, EXECUTE),
                mapped(77, true, "/usr/bin/qemu", QEMU, EXECUTE),
                mapped(77, false, "/usr/bin/shop", SHOP, WRITE),
                mapped(78, true, "/bin/sh", SHELL, EXECUTE),
                mapped(78, false, "/opt/libshop.so.1.2", OTHER_LIBRARY, EXECUTE));
        assertThat(use.unseen(List.of(byName, program), mapped))
                .extracting(unseen -> unseen.doubt().text())
                .satisfiesExactly(
                        reason ->
                                assertThat(reason).contains("process 77 (/usr/bin/qemu)", "executes it in its own way"),
                        reason -> assertThat(reason).contains("process 78 (/bin/sh)", "/opt/libshop.so.1.2"));
    }

    @Test
    void programs_that_were_begun_meanwhile_are_executed_by_themselves_or_their_loader() {
        Code program = new Code(shop, Set.of(OFFSET), Optional.empty());
        List<KernelWatch.Mapped> mapped = List.of(
                mapped(77, true, "/usr/bin/shop", SHOP, EXECUTE),
                mapped(78, true, "/lib64/ld.so", LOADER, EXECUTE),
                mapped(78, false, "/usr/bin/shop", SHOP, EXECUTE),
                mapped(79, true, "/bin/sh", SHELL, EXECUTE),
                mapped(79, false, "/usr/bin/shop", SHOP, 0),
                mapped(80, false, "/usr/bin/shop", SHOP, EXECUTE));
        assertThat(use.unseen(List.of(program), mapped)).isEmpty();
    }

    @Test
    void a_process_that_has_ended_is_none() {
        group(GROUP, 0, 10, 11);
        assertThat(unseen(shop)).isEmpty();
    }

    /** Seen at its path below the root of the first process; the numbers are not those of stat(2), as above. */
    private KernelWatch.Mapped mapped(long pid, boolean begins, String path, long inode, int protection) {
        files.link("/proc/1/root" + path, path);
        return new KernelWatch.Mapped(pid, begins, 0x400000, path, false, 0x801, inode, protection, 0, 0x1000);
    }

    private List<Unseen> unseen(TargetFile file) {
        return look(file).unseen();
    }

    private Sight look(TargetFile file) {
        return use.look(List.of(new Code(file, Set.of(OFFSET), Optional.empty())));
    }

    private void group(String folder, int below, long... pids) {
        StringBuilder procs = new StringBuilder("0\n");
        for (long pid : pids) {
            procs.append(pid).append('\n');
        }
        files.file(folder + "/cgroup.procs", procs.toString());
        files.file(folder + "/cgroup.stat", "nr_descendants %d\nnr_dying_descendants 0\n".formatted(below));
    }

    private void elf(String path, long inode, byte[] content) {
        files.file(path, content).identity(path, 5, inode);
    }

    private void process(long pid, String exe, String... maps) {
        files.link("/proc/%d/exe".formatted(pid), exe);
        StringBuilder text = new StringBuilder("7fff0000-7fff1000 rw-p 00000000 00:00 0      [stack]\n");
        for (int i = 0; i < maps.length; i++) {
            long start = 0x400000 + i * 0x1000L;
            text.append("%08x-%08x %s%n".formatted(start, start + 0x1000, maps[i]));
            int path = maps[i].indexOf('/');
            if (path >= 0) {
                files.link("/proc/%d/map_files/%x-%x".formatted(pid, start, start + 0x1000), maps[i].substring(path));
            }
        }
        files.file("/proc/%d/maps".formatted(pid), text.toString());
    }

    /** With other numbers than stat(2) tells, as kernels before 6.8 do for overlayfs. */
    private static String map(String permissions, long offset, long inode, String path) {
        return "%s %08x 08:01 %d      %s".formatted(permissions, offset, inode, path);
    }

    private static TargetFile file(String path, long inode) {
        return new TargetFile(path, path, new FileIdentity(5, inode));
    }
}
