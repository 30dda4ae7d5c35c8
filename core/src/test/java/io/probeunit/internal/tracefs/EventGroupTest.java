package io.probeunit.internal.tracefs;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.PidNamespace;
import io.probeunit.internal.host.ProcessName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventGroupTest {

    private static final PidNamespace HERE = new PidNamespace(7);

    private final FakeHost host = new FakeHost();
    private final FakeFiles files = host.files();
    private final List<String> events = new ArrayList<>();
    private int busy;

    @BeforeEach
    void kernel() {
        actor(files).link("/proc/300/ns/pid", "pid:[7]");
        files.control("/sys/kernel/tracing/uprobe_events", this::removed);
    }

    @Test
    void its_name_tells_whose_it_is() {
        EventGroup group = EventGroup.create(host);

        assertThat(EventGroup.ownerOf(group.name(), HERE)).contains(new ProcessName(300, 9));
        assertThat(EventGroup.ownerOf(group.name(), new PidNamespace(8))).isEmpty();
        assertThat(group).isNotEqualTo(EventGroup.create(host));
        for (String other :
                List.of("uprobes", "probeunit", "probeunit_7_1", "probeunit_7_1_2", "probeunit_7_1_2_shop")) {
            assertThat(EventGroup.ownerOf(other, HERE)).as(other).isEmpty();
        }
    }

    /** The kernel shows one list to all containers, while numbers of processes are those of each. */
    @Test
    void where_proc_does_not_tell_its_pid_namespace_nobody_is_judged() throws InterruptedException {
        FakeHost nameless = new FakeHost();
        actor(nameless.files())
                .file("/sys/kernel/tracing/uprobe_events", "p:probeunit_0_100_4_0a0b0c0d/p0 /bin/shop:0x1180");

        assertThat(EventGroup.create(nameless).name()).startsWith("probeunit_0_");
        new EventLeftovers(nameless, Tracefs.of(nameless).orElseThrow()).sweep();

        assertThat(nameless.files().text("/sys/kernel/tracing/uprobe_events")).contains("probeunit_0_100");
    }

    @Test
    void what_dead_runs_left_is_removed_and_nothing_else() throws InterruptedException {
        files.file("/proc/100/stat", "100 (java) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 30 0 5 0 0");
        List<String> others = List.of(
                "p:probeunit_7_100_5_0a0b0c0d/p0 /merged/bin/shop:0x1180 comm=$comm:string",
                "p:probeunit_8_100_4_0a0b0c0d/p0 /merged/bin/shop:0x1180",
                "p:probeunit/p0 /bin/sh:0x4",
                "p:probeunit_test/p0 /bin/sh:0x4",
                "p:uprobes/stapprobe_100_0 /bin/sh:0x4");
        others.forEach(this::event);
        event("p:probeunit_7_100_4_0a0b0c0d/p0 /merged/bin/shop:0x1180");
        event("r:probeunit_7_101_5_0a0b0c0d/p1 /merged/bin/shop:0x1180");
        event("r:probeunit_7_101_5_0a0b0c0d/p1 /merged/bin/shop:0x1200");

        new EventLeftovers(host, Tracefs.of(host).orElseThrow()).sweep();

        assertThat(events).containsExactlyElementsOf(others);
    }

    /** The kernel lets go of a dead process's events a little later. */
    @Test
    void what_is_still_in_use_is_waited_for() throws InterruptedException {
        event("p:probeunit_7_101_5_0a0b0c0d/p0 /merged/bin/shop:0x1180");
        busy = 3;

        new EventLeftovers(host, Tracefs.of(host).orElseThrow()).sweep();

        assertThat(events).isEmpty();
        assertThat(busy).isZero();
    }

    private static FakeFiles actor(FakeFiles files) {
        return files.link("/proc/self", "300")
                .file("/proc/300/stat", "300 (java) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 30 0 9 0 0");
    }

    private void event(String line) {
        events.add(line);
        show();
    }

    private void removed(String text) {
        if (busy > 0) {
            busy--;
            throw new io.probeunit.internal.host.HostException("Device or resource busy");
        }
        String name = text.strip().substring("-:".length());
        events.removeIf(line -> line.split(" ")[0].endsWith(":" + name));
        show();
    }

    private void show() {
        files.file("/sys/kernel/tracing/uprobe_events", String.join("\n", events));
    }
}
