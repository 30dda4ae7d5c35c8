package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FakeFiles;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountsTest {

    @Test
    void optional_fields_and_escapes_are_understood() {
        FakeFiles files = new FakeFiles().file("/proc/self/mountinfo", """
                        22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
                        23 22 8:2 /a\\040b\\134c /mnt/t\\011n\\012x rw shared:1 master:2 propagate_from:3 - xfs /dev/sdb rw
                        24 22 0:4 net:[4026532] /run/netns/x rw - nsfs nsfs rw
                        25 22 0:5 /grüße /mnt/grüße rw - tmpfs tmpfs rw
                        """);

        assertThat(Mounts.read(files, "/proc/self/mountinfo"))
                .containsExactly(
                        new Mount("8:1", "/", "/", "ext4"),
                        new Mount("8:2", "/a b\\c", "/mnt/t\tn\nx", "xfs"),
                        new Mount("0:4", "net:[4026532]", "/run/netns/x", "nsfs"),
                        new Mount("0:5", "/grüße", "/mnt/grüße", "tmpfs"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, /, /usr/bin/x, /usr/bin/x",
        "/, /mnt, /mnt/bin/x, /bin/x",
        "/, /mnt, /mnt, ''",
        "/sub, /, /bin/x, /sub/bin/x",
        "/sub, /mnt, /mnt/bin/x, /sub/bin/x",
        "/sub/file, /mnt/file, /mnt/file, /sub/file"
    })
    void a_path_is_translated_to_the_file_system_and_back(String root, String point, String path, String inside) {
        Mount mount = new Mount("8:1", root, point, "ext4");

        assertThat(mount.covers(path)).isTrue();
        assertThat(mount.inFileSystem(path)).isEqualTo(inside);
    }

    @Test
    void a_name_that_only_begins_alike_is_not_below() {
        Mount mount = new Mount("8:1", "/sub", "/mnt", "ext4");

        assertThat(mount.covers("/mntx")).isFalse();
        assertThat(mount.shows("/subx/y")).isFalse();
        assertThat(mount.covers("/other")).isFalse();
    }

    @Property
    void what_one_mount_shows_another_of_the_same_file_system_shows_as_the_same(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 2) String one,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 2) String two,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 3) String name) {
        Mount inside = new Mount("8:1", "/" + one, "/" + two, "ext4");
        Mount whole = new Mount("8:1", "/", "/host", "ext4");
        String path = (two.isEmpty() ? "" : "/" + two) + "/" + name;

        assertThat(whole.pathOf(inside.inFileSystem(path)))
                .isEqualTo("/host" + (one.isEmpty() ? "" : "/" + one) + "/" + name);
        assertThat(inside.pathOf(inside.inFileSystem(path))).isEqualTo(path);
    }
}
