package io.probeunit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.binary.ElfBuilder;
import io.probeunit.host.Command;
import io.probeunit.host.FakeFiles;
import io.probeunit.host.FileIdentity;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.HostProcess;
import io.probeunit.host.KernelIdentity;
import io.probeunit.target.TargetFile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSemaphoresTest {

    private static final String TRACING = "/sys/kernel/debug/tracing";
    private static final String EVENTS = TRACING + "/events/probeunit_inside_";
    private static final TargetFile SHOP = new TargetFile("/bin/shop", "/run/shown/bin/shop", new FileIdentity(1, 2));

    private final FakeFiles files = new FakeFiles();
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final Host host = new Container();

    @BeforeEach
    void kernel() {
        files.file(SHOP.hostPath(), ElfBuilder.withPadding());
        files.control(TRACING + "/uprobe_events", text -> written.add(text.strip()));
        event("ours", "s1");
    }

    @Test
    void semaphores_are_held_by_one_event_until_they_are_let_go() {
        SemaphoreKeeper.Hold hold = keeper().hold(host, SHOP, Set.of(0x2000L, 0x2002L));

        assertThat(written).containsExactly("""
                        p:probeunit_inside_ours/s1 /run/shown/bin/shop:0x1fff(0x2000)
                        p:probeunit_inside_ours/s1 /run/shown/bin/shop:0x1ffe(0x2002)""", "ours/s1 1");
        hold.close();
        hold.close();
        await().atMost(Duration.ofSeconds(10)).until(() -> written.size() == 4);
        assertThat(written).endsWith("ours/s1 0", "-:probeunit_inside_ours/s1");
    }

    @Test
    void where_a_place_has_another_counter_all_move_on() {
        event("ours", "s2");
        files.control(EVENTS + "ours/s1/enable", text -> {
            if (text.equals("1")) {
                throw new HostException("cat: write error: Invalid argument");
            }
        });

        keeper().hold(host, SHOP, Set.of(0x2000L));

        assertThat(written)
                .containsExactly(
                        "p:probeunit_inside_ours/s1 /run/shown/bin/shop:0x1fff(0x2000)",
                        "-:probeunit_inside_ours/s1",
                        "p:probeunit_inside_ours/s2 /run/shown/bin/shop:0x1ffe(0x2000)",
                        "ours/s2 1");
    }

    @Test
    void what_the_kernel_refuses_for_another_reason_is_an_error() {
        files.control(EVENTS + "ours/s1/enable", text -> {
            throw new HostException("cat: write error: Operation not permitted");
        });

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> keeper().hold(host, SHOP, Set.of(0x2000L)))
                .withMessageContaining("The semaphores of /bin/shop cannot be held")
                .withMessageContaining("not permitted");
    }

    @Test
    void a_path_that_the_kernel_would_cut_is_refused() {
        TargetFile blank = new TargetFile("/bin/my shop", "/run/shown/bin/my shop", new FileIdentity(1, 2));
        files.file(blank.hostPath(), ElfBuilder.withPadding());

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> keeper().hold(host, blank, Set.of(0x2000L)))
                .withMessageContaining("blank");
        assertThat(written).isEmpty();
    }

    @Test
    void what_a_killed_container_holds_is_let_go_and_nothing_else() {
        event("dead", "s1");
        event("dead", "s7");
        event("living", "s1");
        files.file(EVENTS + "dead/enable", "1");

        EventSemaphores.on(host, "ours");

        assertThat(written)
                .containsExactly("dead/s1 0", "-:probeunit_inside_dead/s1", "dead/s7 0", "-:probeunit_inside_dead/s7");
    }

    private SemaphoreKeeper keeper() {
        return new PaddedSemaphores(EventSemaphores.on(host, "ours"));
    }

    private void event(String name, String event) {
        String path = "%s%s/%s".formatted(EVENTS, name, event);
        files.folder(path);
        files.file(path + "/enable", "0");
        files.control(path + "/enable", text -> written.add("%s/%s %s".formatted(name, event, text)));
    }

    private final class Container implements Host {
        @Override
        public String name() {
            return "container";
        }

        @Override
        public HostFiles files() {
            return files;
        }

        @Override
        public HostProcess start(Command command) {
            throw new HostException("starts nothing");
        }

        @Override
        public KernelIdentity kernel() {
            throw new HostException("is not asked");
        }

        @Override
        public long nanos() {
            throw new HostException("is not asked");
        }

        @Override
        public boolean isAbandoned(String path, long pid) {
            return path.equals("/run/probeunit/inside/dead/");
        }
    }
}
