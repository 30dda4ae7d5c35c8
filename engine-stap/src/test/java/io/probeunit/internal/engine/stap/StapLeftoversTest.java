package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StapLeftoversTest {

    private static final String EVENTS = StapLeftovers.UPROBE_EVENTS;
    private static final String DEAD = "pu_100_0000000000aa";
    private static final String FIFOS = "/var/tmp/systemtap-root/";

    private final FakeHost host = new FakeHost();
    private final FakeFiles files = host.files();
    private final List<String> events = new ArrayList<>();
    private boolean busy;

    @BeforeEach
    void events() {
        files.control(EVENTS, this::write);
        event("p:uprobes/stapprobe_200_0 /merged/usr/bin/shop:0x1180");
        event("r:uprobes/stapprobe_200_1 /merged/usr/bin/shop:0x1180");
        event("p:uprobes/stapprobe_2000_0 /merged/usr/bin/shop:0x1180");
        event("p:uprobes/mine /bin/sh:0x4");
        event("p:other/stapprobe_200_0 /bin/sh:0x4");
    }

    @Test
    void what_a_dead_run_left_is_removed_and_nothing_else() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        session("pu_101_0000000000bb", "101 5", "201\n");
        process(101, 5, "java");
        process(201, 6, "stapbpf\0/run/probeunit/stap/pu_101_0000000000bb/x.bo");
        files.file("/run/probeunit/stap/notes", "not ours").file(FIFOS + "stap_of_others/counts", "");

        new StapLeftovers(host).sweep();

        assertThat(events)
                .containsExactly(
                        "p:uprobes/stapprobe_2000_0 /merged/usr/bin/shop:0x1180",
                        "p:uprobes/mine /bin/sh:0x4",
                        "p:other/stapprobe_200_0 /bin/sh:0x4");
        assertThat(files.list("/run/probeunit/stap")).containsExactly("notes", "pu_101_0000000000bb");
        assertThat(files.list(FIFOS)).containsExactly("pu_101_0000000000bb", "stap_of_others");
        assertThat(host.started()).isEmpty();
    }

    @Test
    void an_owner_is_known_by_when_it_started_and_until_it_is_written_down_by_its_id() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        process(100, 77, "another");
        session("pu_102_0000000000cc", "", "");
        process(102, 1, "java");
        session("pu_103_0000000000dd", "10", "");

        new StapLeftovers(host).sweep();

        assertThat(files.list("/run/probeunit/stap")).containsExactly("pu_102_0000000000cc");
    }

    @Test
    void a_process_that_lives_on_is_ended_in_order() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        process(200, 6, "stapbpf\0/run/probeunit/stap/" + DEAD + "/" + DEAD + ".bo");
        host.program("sh", command -> files.delete("/proc/200"));

        new StapLeftovers(host).sweep();

        assertThat(host.started()).containsExactly("sh -c kill -\"$1\" \"$2\" sh TERM 200");
        assertThat(files.list("/run/probeunit/stap")).isEmpty();
        assertThat(events).hasSize(3);
    }

    @Test
    void a_process_that_misses_one_signal_is_sent_another() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        process(200, 6, "stapbpf\0/run/probeunit/stap/" + DEAD + "/" + DEAD + ".bo");
        host.program("sh", command -> {
            if (command.words().contains("INT")) {
                files.delete("/proc/200");
            }
        });

        new StapLeftovers(host).sweep();

        assertThat(host.started()).hasSize(2).last().asString().endsWith(" INT 200");
    }

    @Test
    void an_id_that_was_given_again_is_not_signalled() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        process(200, 6, "postgres");

        new StapLeftovers(host).sweep();

        assertThat(host.started()).isEmpty();
        assertThat(events).hasSize(3);
    }

    @Test
    void an_id_that_was_given_to_another_stapbpf_keeps_its_events() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        process(200, 6, "stapbpf\0/tmp/somebody.bo");

        new StapLeftovers(host).sweep();

        assertThat(host.started()).isEmpty();
        assertThat(events).hasSize(5);
        assertThat(files.list("/run/probeunit/stap")).isEmpty();
    }

    @Test
    void two_runs_may_sweep_at_once() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        files.control(EVENTS, written -> {
            // the other run was quicker
            write(written);
            throw new HostException("No such file or directory");
        });

        new StapLeftovers(host).sweep();

        assertThat(events).hasSize(3);
        assertThat(files.list("/run/probeunit/stap")).isEmpty();
    }

    @Test
    void what_cannot_be_removed_stays_for_the_next_run_and_stops_no_test() throws InterruptedException {
        session(DEAD, "100 5", "200\n");
        session("pu_99_0000000000ee", "99 5", "");
        busy = true;

        new StapLeftovers(host).sweep();
        assertThat(files.list("/run/probeunit/stap")).containsExactly(DEAD);
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> new StapLeftovers(host).clean(new SessionFolder("/run/probeunit/stap", DEAD), 200));

        busy = false;
        new StapLeftovers(host).sweep();
        assertThat(files.list("/run/probeunit/stap")).isEmpty();
        assertThat(events).hasSize(3);
    }

    @Test
    void a_session_of_this_run_is_cleaned_when_its_process_has_ended() {
        session(DEAD, "100 5", "200\n");

        new StapLeftovers(host).clean(new SessionFolder("/run/probeunit/stap", DEAD), 200);

        assertThat(events).hasSize(3);
        assertThat(files.list("/run/probeunit/stap")).isEmpty();
        assertThat(new StapLeftovers(host).fifoFolder(new SessionFolder("/run/probeunit/stap", DEAD)))
                .isEmpty();
    }

    /** Names hold process ids, which a container has too. */
    @Test
    void what_was_made_in_a_container_is_left_to_those_who_know_its_process_ids() throws InterruptedException {
        String other = "p:uprobes/stapprobe_200_7 /run/probeunit/inside/1_2_3_4/opt/shop:0x40";
        String standIn = "p:uprobes/stapprobe_200_8 /run/probeunit/stap/pu_9_0000000000ff/file0:0x40";
        String own = "p:uprobes/stapprobe_200_9 /run/probeunit/stap/%s/file0:0x40".formatted(DEAD);
        event(other);
        event(standIn);
        event(own);
        session(DEAD, "100 5", "200\n");

        new StapLeftovers(host).sweep();

        assertThat(events).hasSize(5).contains(other, standIn).doesNotContain(own);
    }

    /** Sidecars of one kernel all see each other's events, and the processes of their own PID namespace alone. */
    @Test
    void what_a_dead_sidecar_left_is_removed_unless_it_ran_among_other_processes() throws InterruptedException {
        files.link("/proc/self/ns/pid", "pid:[7]");
        event("p:uprobes/stapprobe_300_0 /run/probeunit/roots/7/9-1/opt/shop:0x40");
        event("p:uprobes/stapprobe_301_0 /run/probeunit/roots/7/9-1/opt/shop:0x40");
        event("p:uprobes/stapprobe_302_0 /run/probeunit/roots/8/9-1/opt/shop:0x40");
        process(301, 6, "stapbpf");

        new StapLeftovers(host).removeAbandonedEvents();

        assertThat(events).hasSize(7).noneMatch(e -> e.contains("_300_"));
    }

    @Test
    void where_proc_does_not_tell_its_pid_namespace_nobody_is_judged() {
        event("p:uprobes/stapprobe_300_0 /run/probeunit/roots/nameless/9-1/opt/shop:0x40");
        event("p:uprobes/stapprobe_301_0 /run/probeunit/inside/1_2_3_4/root/opt/shop:0x40");

        new StapLeftovers(host).removeAbandonedEvents();

        assertThat(events).hasSize(7);
    }

    /** Its process ids are those of the container; what lives of it is its program, as the whole machine sees it. */
    @Test
    void what_a_dead_container_left_is_removed_by_who_sees_the_processes_of_all_containers() {
        String living = "p:uprobes/stapprobe_200_7 /run/probeunit/inside/1_2_3_4/root/opt/shop:0x40";
        String livingStandIn = "p:uprobes/stapprobe_200_8 /run/probeunit/inside/1_2_3_4/stap/pu_9_0f/file0:0x40";
        List.of(living, livingStandIn).forEach(this::event);
        event("p:uprobes/stapprobe_200_9 /run/probeunit/inside/1_2_3_5/root/opt/shop:0x40");
        event("r:uprobes/stapprobe_200_10 /run/probeunit/inside/1_2_3_5/stap/pu_9_0f/file0:0x40");
        process(300, 6, "/.probeunit-1_2_3_4");
        process(301, 6, "cat\0/.probeunit-1_2_3_5");

        files.link("/proc/self/ns/pid", "pid:[4026532001]");
        new StapLeftovers(host).removeAbandonedEvents();
        assertThat(events).hasSize(9);

        files.link("/proc/self/ns/pid", "pid:[4026531836]");
        new StapLeftovers(host).removeAbandonedEvents();
        assertThat(events).hasSize(7).contains(living, livingStandIn);
    }

    @Test
    void a_session_whose_container_has_ended_is_cleaned_from_the_machine() throws InterruptedException {
        files.link("/proc/self/ns/pid", "pid:[4026531836]");
        String folder = "/run/probeunit/inside/1_2_3_5/stap";
        String another = "p:uprobes/stapprobe_201_0 /run/probeunit/inside/1_2_3_5/root/opt/shop:0x40";
        event(another);
        event("p:uprobes/stapprobe_200_9 /run/probeunit/inside/1_2_3_5/root/opt/shop:0x40");
        event("p:uprobes/stapprobe_200_10 %s/%s/file0:0x40".formatted(folder, DEAD));
        FakeHost ended = new FakeHost().ownFolder("/run/probeunit/inside/1_2_3_5");

        new StapLeftovers(host).cleanAfter(ended, new SessionFolder(folder, DEAD), 200);

        assertThat(events).hasSize(6).contains(another);
    }

    @Test
    void a_session_leaves_the_events_of_a_process_with_the_same_number_elsewhere() {
        files.link("/proc/self/ns/pid", "pid:[7]");
        String elsewhere = "p:uprobes/stapprobe_200_7 /run/probeunit/roots/8/40-2/usr/bin/shop:0x1180";
        event(elsewhere);
        event("p:uprobes/stapprobe_200_8 /run/probeunit/roots/7/40-2/usr/bin/shop:0x1180");
        session(DEAD, "100 5", "200\n");

        new StapLeftovers(host).clean(new SessionFolder("/run/probeunit/stap", DEAD), 200);

        assertThat(events).hasSize(4).contains(elsewhere);
    }

    private void session(String name, String owner, String stapbpf) {
        String folder = "/run/probeunit/stap/" + name;
        files.folder(folder).file(folder + "/script.stp", "").file(FIFOS + name + "/counts", "");
        if (!owner.isEmpty()) {
            files.file(folder + "/owner", owner);
        }
        if (!stapbpf.isEmpty()) {
            files.file(folder + "/stapbpf", stapbpf);
        }
    }

    private void process(long pid, long start, String command) {
        files.file(
                        "/proc/%d/stat".formatted(pid),
                        "%d (x) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0".formatted(pid, start))
                .file("/proc/%d/cmdline".formatted(pid), command + "\0");
    }

    private void event(String line) {
        events.add(line);
        publish();
    }

    /** Takes {@code -:group/name} as tracefs does. */
    private void write(String text) {
        String name = text.strip().substring("-:".length());
        if (busy || events.stream().noneMatch(e -> nameOf(e).equals(name))) {
            throw new HostException("Device or resource busy");
        }
        events.removeIf(e -> nameOf(e).equals(name));
        publish();
    }

    private void publish() {
        files.file(EVENTS, events.stream().map(e -> e + "\n").collect(Collectors.joining()));
    }

    private static String nameOf(String event) {
        return event.substring(2).replaceFirst(" .*", "");
    }
}
