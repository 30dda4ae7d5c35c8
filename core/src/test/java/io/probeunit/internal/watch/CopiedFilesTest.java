package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.ElfBuilder;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.KernelIdentity;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process has the file mapped from its offset 16 at address 4096; the place that is probed is at 20. */
class CopiedFilesTest {

    private static final String CODE = "0123456789abcdef" + "ORIGINAL" + "rest of the code";
    private static final int ADDRESS = 0x10000;
    private static final long BOOTED = 1_700_000_000;
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    private final FakeFiles files = new FakeFiles();
    private final Target target = new Target(
            "shop",
            "c0ffee",
            4711,
            99,
            STARTED.toString(),
            new Cgroup("/docker/c0ffee", 7, CgroupLevels.exactly(2)),
            new BinarySelector.TargetDefault());

    private final List<Integer> marked = new ArrayList<>();
    private final List<Integer> released = new ArrayList<>();
    private final SemaphoreKeeper uprobes = new Uprobes();
    private byte[] memory = {};
    private boolean appears;
    private boolean refuses;

    @BeforeEach
    void run() {
        files.file("/merged/shop", CODE)
                .file("/proc/4711/cgroup", "0::/docker/c0ffee")
                .file("/proc/4711/maps", "00001000-00002000 r-xp 00000010 00:27 42 /shop\n");
        stat(STARTED.plusSeconds(90));
    }

    @Test
    void a_process_with_the_probe_in_it_is_no_doubt() {
        memory("X");

        assertThat(doubts(STARTED.plusSeconds(60), "x86_64")).isEmpty();
        assertThat(marked).isEmpty();
    }

    @Test
    void a_process_that_was_there_before_the_change_may_have_the_probe_of_another_session() {
        stat(STARTED.plusSeconds(30));
        padded();

        assertThat(doubts(STARTED.plusSeconds(60), "x86_64"))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.text())
                        .startsWith("process 4711 runs /shop as it was before")
                        .contains("without our probes"));
        assertThat(marked).isNotEmpty();
    }

    @Test
    void a_process_that_gets_a_probe_of_ours_runs_the_file() {
        stat(STARTED.plusSeconds(30));
        padded();
        appears = true;

        assertThat(doubts(STARTED.plusSeconds(60), "x86_64")).isEmpty();
        assertThat(marked).as("tried once").hasSize(1);
        assertThat(released).isEqualTo(marked);
    }

    @Test
    void where_that_cannot_be_tried_it_is_a_doubt_with_the_cause() {
        stat(STARTED.plusSeconds(30));
        memory("X");
        assertThat(doubts(STARTED.plusSeconds(60), "x86_64"))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.text())
                        .startsWith("process 4711 may run /shop as it was before")
                        .contains("another session", "not an ELF file"));

        padded();
        refuses = true;
        assertThat(doubts(STARTED.plusSeconds(60), "x86_64"))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.text()).contains("another session (no uprobes here)"));
    }

    @Test
    void a_process_without_it_runs_what_the_file_was_before() {
        memory("I");

        assertThat(doubts(STARTED.plusSeconds(60), "x86_64"))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.effect()).isEqualTo(Doubt.Effect.CALLS_MISSED))
                .satisfies(doubt -> assertThat(doubt.text())
                        .startsWith("process 4711 runs /shop as it was before")
                        .contains("restart"));
    }

    @Test
    void of_four_bytes_any_may_be_another() {
        memory("IXAL");

        assertThat(doubts(STARTED.plusSeconds(60), "aarch64")).isEmpty();
        assertThat(doubts(STARTED.plusSeconds(60), "x86_64")).hasSize(1);
    }

    @Test
    void what_was_seen_when_the_window_began_stays_though_the_process_ends() {
        memory("I");
        TargetWatch.WindowWatch windowWatch = windowWatch(STARTED.plusSeconds(60), "x86_64");
        files.delete("/proc/4711/maps");

        assertThat(windowWatch.look().ofPoints()).hasSize(1);
    }

    @Test
    void a_process_with_another_file_or_that_cannot_be_read_is_no_doubt() {
        assertThat(doubts(STARTED.plusSeconds(60), "x86_64")).isEmpty();
        memory("I");
        for (String line : List.of(
                "00001000-00002000 r--p 00000010 00:27 42 /shop",
                "00001000-00002000 r-xp 00000010 00:27 43 /shop (deleted)",
                "00001000-00002000 r-xp 00000010 00:27 42 /opt/shop",
                "00001000-00002000 r-xp 00000010 00:27 42 /shopping",
                "00001000-00002000 r-xp 00001010 00:27 42 /shop",
                "00001000-00002000 r-xp 00000000 00:00 0")) {
            files.file("/proc/4711/maps", line);
            assertThat(doubts(STARTED.plusSeconds(60), "x86_64")).as(line).isEmpty();
        }
    }

    @Test
    void a_file_that_is_older_than_the_container_is_not_looked_into() {
        memory("I");

        assertThat(doubts(STARTED.minusSeconds(60), "x86_64")).isEmpty();
    }

    /** When the process was started. */
    private void stat(Instant moment) {
        long seconds = moment.getEpochSecond() - BOOTED;
        files.file("/proc/stat", "cpu 1 2 3\nbtime %d\n".formatted(BOOTED))
                .file("/proc/4711/stat", "4711 (shop) S" + " 0".repeat(18) + " " + seconds * 100 + " 0\n");
    }

    /** The file is a program that has room for more probes, and somebody's probe is in what the process runs. */
    private void padded() {
        byte[] program = ElfBuilder.withPadding();
        files.file("/merged/shop", program)
                .file(
                        "/proc/4711/maps",
                        "%08x-%08x r-xp 00000000 00:27 42 /shop\n".formatted(ADDRESS, ADDRESS + program.length));
        memory = Arrays.copyOf(new byte[ADDRESS], ADDRESS + program.length);
        System.arraycopy(program, 0, memory, ADDRESS, program.length);
        memory[ADDRESS + 20] ^= 1;
        files.file("/proc/4711/mem", memory);
    }

    private final class Uprobes implements SemaphoreKeeper {
        @Override
        public Hold hold(Host host, TargetFile file, Set<Long> semaphores) {
            throw new AssertionError("not asked");
        }

        @Override
        public Hold mark(Host host, TargetFile file, int place) {
            if (refuses) {
                throw new EngineException("no uprobes here.");
            }
            marked.add(place);
            if (appears) {
                memory[ADDRESS + place] ^= 1;
                files.file("/proc/4711/mem", memory);
            }
            return () -> released.add(place);
        }
    }

    private void memory(String code) {
        files.file("/proc/4711/mem", "\0".repeat(4096 + 4) + code + "\0".repeat(100));
    }

    private List<Doubt> doubts(Instant changed, String machine) {
        return windowWatch(changed, machine).look().doubts(3);
    }

    @Test
    void a_process_that_has_moved_the_code_of_one_point_away_is_known_by_another() {
        memory("I");

        assertThat(windowWatch(STARTED.plusSeconds(60), "x86_64", 9000, 20)
                        .look()
                        .ofPoints())
                .containsOnlyKeys(3, 4);
    }

    private TargetWatch.WindowWatch windowWatch(Instant changed, String machine) {
        return windowWatch(changed, machine, 20);
    }

    private TargetWatch.WindowWatch windowWatch(Instant changed, String machine, long... places) {
        TargetFile file = new TargetFile(
                "/shop", "/merged/shop", new FileIdentity(1, 42, 40, 0, changed.getEpochSecond() * 1_000_000_000L));
        List<WatchedPoint> points = new ArrayList<>();
        for (long place : places) {
            ProbePoint point = new ProbePoint.Function(
                    "f", false, List.of(new FunctionSymbol("f", place, place, 4)), file, List.of());
            points.add(new WatchedPoint(3 + points.size(), point, Optional.empty(), List.of()));
        }
        Host host = new Machine(files, machine);
        return new CopiedFiles(host, new TargetFiles(host), target, uprobes).begin(points);
    }

    private record Machine(HostFiles files, String machine) implements Host {
        @Override
        public Kernel calls() {
            throw new UnsupportedOperationException("calls");
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public HostProcess start(Command command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KernelIdentity kernel() {
            return new KernelIdentity("6", machine, "boot");
        }

        @Override
        public long nanos() {
            throw new UnsupportedOperationException();
        }
    }
}
