package io.probeunit.internal.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import io.probeunit.Marks;
import io.probeunit.MarksReader;
import io.probeunit.ProbeException;
import io.probeunit.internal.binary.ElfBuilder;
import io.probeunit.internal.docker.DockerAccessException;
import io.probeunit.internal.docker.FakeDaemon;
import io.probeunit.internal.host.FakeHost;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through the daemon: a machine that shows no process stands for another one, and for a user who may not look. */
class ContainerMarksTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final ContainerMarks marks = new ContainerMarks(new FakeHost());

    @BeforeEach
    void fill() {
        daemon.file("/usr/bin/shop", elf("main"))
                .file("/usr/lib/x86_64-linux-gnu/libshop.so.1.2", elf("library"))
                .file("/srv/app/bin/tool", elf("tool"))
                .link("/lib", "usr/lib")
                .top("exe", "/usr/bin/shop");
    }

    private static byte[] elf(String mark) {
        ByteBuffer file =
                new ElfBuilder().mark("p", mark, ElfBuilder.CODE, "-4@%eax").build();
        byte[] bytes = new byte[file.remaining()];
        file.get(bytes);
        return bytes;
    }

    private Marks read(String binary) {
        return marks.read(daemon.container(), binary);
    }

    private String markOf(String binary) {
        return read(binary).list().get(0).name();
    }

    @Test
    void marks_of_an_absolute_path() {
        Marks found = read("/usr/bin/shop");

        assertThat(found.place()).isEqualTo("/usr/bin/shop of container shop");
        assertThat(found.list()).hasToString("[p:main(s32)]");
    }

    @Test
    void what_is_not_understood_of_a_file_is_said() {
        ByteBuffer file = new ElfBuilder()
                .mark("p", "main", ElfBuilder.CODE, "-4@%eax")
                .mark("p", "lost", 1, "-4@%eax")
                .build();
        byte[] bytes = new byte[file.remaining()];
        file.get(bytes);
        daemon.file("/usr/bin/odd", bytes);

        assertThat(read("/usr/bin/odd").warnings()).singleElement().asString().contains("p:lost");
    }

    @Test
    void the_main_executable_is_what_the_daemons_machine_says() {
        assertThat(markOf("")).isEqualTo("main");
    }

    @Test
    void where_nobody_says_it_the_binary_must_be_named() {
        FakeDaemon silent = new FakeDaemon().file("/usr/bin/shop", elf("main")).top("uid", "33");

        assertThatThrownBy(() -> marks.read(silent.container(), ""))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("The main executable of container shop is not known")
                .hasMessageContaining("Name the binary");
    }

    @Test
    void an_executable_that_was_replaced_is_refused() {
        daemon.top("exe", "/usr/bin/shop (deleted)");

        assertThatThrownBy(() -> read("")).hasMessageContaining("deleted or replaced");
    }

    @ParameterizedTest
    @CsvSource({
        // what runs comes before PATH, PATH before the library folders
        "shop, /usr/bin/shop, main",
        "libshop.so.1, /usr/lib/x86_64-linux-gnu/libshop.so.1.2, library",
        "tool, /srv/app/bin/tool, tool"
    })
    void a_file_name_is_looked_for(String name, String path, String mark) {
        daemon.file("/opt/bin/shop", elf("other"))
                .link("/lib/x86_64-linux-gnu/libshop.so.1", "libshop.so.1.2")
                .link("/usr/lib/x86_64-linux-gnu/libshop.so.1", "libshop.so.1.2")
                .link("/opt/bin/tool", "/srv/app/bin/tool");

        assertThat(markOf(name)).isEqualTo(mark);
    }

    @Test
    void a_file_name_of_nothing_says_where_it_was_looked_for() {
        assertThatThrownBy(() -> read("shopp"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("There is no binary 'shopp' in container shop")
                .hasMessageContaining("/opt/bin, /usr/bin, /lib, ")
                .hasMessageContaining("/usr/lib/x86_64-linux-gnu")
                .hasMessageNotContaining("relative");
    }

    @Test
    void a_link_that_goes_up_does_so_from_where_it_lies() {
        // /shortcut/tool lies in /srv/app/bin, so that it means /srv/app/lib/tool, not /lib/tool
        daemon.link("/shortcut", "/srv/app/links")
                .link("/srv/app/links/tool", "../bin/tool")
                .file("/bin/tool", elf("wrong"));

        assertThat(read("/shortcut/tool").binary()).isEqualTo("/srv/app/bin/tool");
        assertThat(markOf("/shortcut/tool")).isEqualTo("tool");
    }

    @Test
    void links_in_a_circle_end() {
        daemon.link("/a", "/b").link("/b", "/a");

        assertThatThrownBy(() -> read("/a"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("more than 40 links");
    }

    @Test
    void what_is_no_binary_is_said() {
        daemon.file("/usr/bin/script", "#!/bin/sh\nexec shop\n".getBytes());

        assertThatThrownBy(() -> read("/usr/bin/script"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("In container shop: /usr/bin/script starts with '#!/bin/sh': it is a script");
        assertThatThrownBy(() -> read("/usr/bin")).hasMessageContaining("/usr/bin in container shop is a folder");
        assertThatThrownBy(() -> read("/usr/bin/none"))
                .hasMessageContaining("There is no file /usr/bin/none in container shop");
        assertThatThrownBy(() -> read("bin/shop"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("relative path");
    }

    @Test
    void a_container_that_has_ended_still_has_files() {
        daemon.exited();

        assertThat(markOf("/usr/bin/shop")).isEqualTo("main");
        assertThatThrownBy(() -> read(""))
                .hasMessageContaining("its status is 'exited'")
                .hasMessageContaining("absolute path");
    }

    @Test
    void a_daemon_that_fails_is_said() {
        daemon.fault(new InternalServerErrorException("the disk is on fire"));

        assertThatThrownBy(() -> read("/usr/bin/shop"))
                .isInstanceOf(DockerAccessException.class)
                .hasMessageContaining("did not give /usr/bin/shop")
                .hasMessageContaining("the disk is on fire");
    }

    @Test
    void a_path_through_a_file_leads_nowhere() {
        daemon.fault(new InternalServerErrorException("lstat /x: not a directory"));

        assertThatThrownBy(() -> read("/usr/bin/shop/x")).hasMessageContaining("There is no file /usr/bin/shop/x");
    }

    @Test
    void a_large_file_is_read_too() {
        byte[] small = elf("main");
        byte[] large = java.util.Arrays.copyOf(small, (64 << 20) + 1);
        daemon.file("/usr/bin/large", large);

        assertThat(markOf("/usr/bin/large")).isEqualTo("main");
    }

    @Test
    void what_is_no_container_is_refused() {
        assertThatThrownBy(() -> marks.read("shop", ""))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("java.lang.String is not a container");
        assertThatThrownBy(() -> Marks.of(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marks_find_their_reader() {
        assertThat(ServiceLoader.load(MarksReader.class))
                .hasOnlyElementsOfType(ContainerMarks.class)
                .hasSize(1);
        assertThat(List.of(Marks.of(daemon.container(), "/usr/bin/shop").binary()))
                .containsExactly("/usr/bin/shop");
    }
}
