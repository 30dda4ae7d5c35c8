package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.ProbePoint;
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
import io.probeunit.internal.plan.Doubt.Effect;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Reach;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilesWatchTest {

    private static final String SHOP = "/opt/v1/shop";
    private static final String SEEN = "/merged" + SHOP;
    private static final FileIdentity THEN = new FileIdentity(1, 2, 300, 40, 40);

    private final FakeFiles files = new FakeFiles();
    private final Target target = new Target(
            "shop",
            "c0ffee",
            4711,
            99,
            "2026-01-02T03:04:05Z",
            new Cgroup("/docker/c0ffee", 7, CgroupLevels.exactly(2)),
            new BinarySelector.TargetDefault());

    @BeforeEach
    void run() {
        files.file("/proc/4711/stat", "4711 (shop) S 1 " + "0 ".repeat(17) + "99 0")
                .file("/proc/4711/root" + SHOP, "")
                .file("/proc/4711/root/opt/v2/shop", "")
                .link("/proc/4711/root/opt/current", "v1")
                .file(SEEN, "")
                .identity(SEEN, THEN);
    }

    @Test
    void a_file_that_stays_what_it_was_is_no_doubt() {
        assertThat(effects("/opt/current/shop")).isEmpty();
    }

    @Test
    void from_a_file_that_was_replaced_calls_may_be_missing() {
        files.identity(SEEN, new FileIdentity(1, 3, 300, 40, 50));

        assertThat(effects()).containsExactly(Effect.CALLS_MISSED);
        assertThat(texts()).contains(SHOP + " was replaced", "replace it before");
    }

    @Test
    void a_change_of_mode_may_be_a_copy() {
        files.identity(SEEN, new FileIdentity(1, 2, 300, 40, 50));

        assertThat(effects()).containsExactly(Effect.CALLS_MISSED);
        assertThat(texts()).contains("the mode", SHOP, "overlayfs");
    }

    @Test
    void in_a_file_that_was_written_over_firings_may_be_anything() {
        files.identity(SEEN, new FileIdentity(1, 2, 300, 50, 50));

        assertThat(doubtsOfProgram(new TargetFile(SHOP, SEEN, THEN)))
                .singleElement()
                .asString()
                .contains(SHOP + " was overwritten in place");
    }

    @Test
    void a_file_that_was_written_over_is_a_doubt_in_windows_that_want_nothing_of_it() {
        ProbePoint wanted = point(4, new TargetFile("/other", SEEN + "2", THEN)).point();
        files.file(SEEN + "2", "").identity(SEEN + "2", THEN);
        FilesWatch watch =
                watch(List.of(point(3, new TargetFile(SHOP, SEEN, THEN)).point(), wanted));
        TargetWatch.WindowWatch windowWatch =
                watch.begin(List.of(new WatchedPoint(4, wanted, Optional.empty(), List.of())));
        assertThat(windowWatch.look()).isEqualTo(Findings.NOTHING);

        files.identity(SEEN, new FileIdentity(1, 2, 300, 50, 50));

        assertThat(windowWatch.look().ofPoints()).isEmpty();
        assertThat(windowWatch.look().ofTarget())
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.effect()).isEqualTo(Effect.PROGRAM_CHANGED))
                .asString()
                .contains(SHOP + " was overwritten in place");
    }

    @Test
    void a_file_that_was_removed_may_have_been_another_meanwhile_unless_its_container_has_ended() {
        files.delete(SEEN);

        assertThat(effects()).containsExactly(Effect.CALLS_MISSED);

        files.delete("/proc/4711/stat");

        assertThat(effects()).isEmpty();
    }

    @Test
    void a_link_that_leads_elsewhere_is_a_doubt_of_who_named_it() {
        files.link("/proc/4711/root/opt/current", "v2");

        assertThat(effects("/opt/current/shop")).containsExactly(Effect.CALLS_MISSED);
        assertThat(texts("/opt/current/shop"))
                .contains("/opt/current/shop leads to /opt/v2/shop now", "led to " + SHOP);
        assertThat(effects(SHOP)).isEmpty();
    }

    @Test
    void a_file_that_only_a_process_leads_to_is_not_missed_when_that_has_ended() {
        String link = "/proc/4712/exe";
        TargetFile deleted = new TargetFile(SHOP, link, THEN, Reach.PROCESS);

        assertThat(doubts(deleted)).isEmpty();

        files.file(link, "").identity(link, new FileIdentity(1, 2, 300, 50, 50));

        assertThat(doubtsOfProgram(deleted)).hasSize(1);
    }

    @Test
    void what_is_put_where_a_file_was_deleted_while_it_runs_has_no_probes() {
        TargetFile deleted = new TargetFile("/opt/v1/old", SEEN, THEN, Reach.PROCESS);
        TargetWatch.WindowWatch alone = windowWatch(deleted);
        TargetWatch.WindowWatch withIt = windowWatch(deleted, new TargetFile("/opt/v1/old", SEEN, THEN, Reach.ROOT));

        assertThat(alone.look()).isEqualTo(Findings.NOTHING);

        files.file("/proc/4711/mountinfo", "1000 900 0:53 / / rw - tmpfs tmpfs rw\n")
                .file("/proc/self/mountinfo", "")
                .file("/proc/4711/root/opt/v1/old", "")
                .identity("/proc/4711/root/opt/v1/old", new FileIdentity(1, 9, 300, 40, 40));

        assertThat(alone.look().ofPoints().get(0))
                .singleElement()
                .asString()
                .contains("another file was put at /opt/v1/old while the window was open", "put it there before");
        assertThat(withIt.look()).isEqualTo(Findings.NOTHING);
    }

    private static WatchedPoint point(int index, TargetFile file) {
        return new WatchedPoint(
                index, new ProbePoint.Function("f", false, List.of(), file, List.of()), Optional.empty(), List.of());
    }

    private List<Effect> effects(String... paths) {
        return doubts(new TargetFile(SHOP, SEEN, THEN), paths).stream()
                .map(Doubt::effect)
                .toList();
    }

    private String texts(String... paths) {
        return doubts(new TargetFile(SHOP, SEEN, THEN), paths).toString();
    }

    private List<Doubt> doubts(TargetFile file, String... paths) {
        ProbePoint point = point(3, file).point();
        return watch(List.of(point))
                .begin(List.of(new WatchedPoint(3, point, Optional.empty(), List.of(paths))))
                .look()
                .ofPoints()
                .getOrDefault(3, List.of());
    }

    private List<Doubt> doubtsOfProgram(TargetFile file) {
        return windowWatch(file).look().ofTarget();
    }

    private TargetWatch.WindowWatch windowWatch(TargetFile... all) {
        List<WatchedPoint> points =
                IntStream.range(0, all.length).mapToObj(i -> point(i, all[i])).toList();
        return watch(points.stream().map(WatchedPoint::point).toList()).begin(points);
    }

    private FilesWatch watch(List<ProbePoint> armed) {
        return new FilesWatch(files, new TargetFiles(new FilesAlone(files)), target, armed);
    }

    private record FilesAlone(HostFiles files) implements Host {
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
            return new KernelIdentity("6", "x86_64", "boot");
        }

        @Override
        public long nanos() {
            throw new UnsupportedOperationException();
        }
    }
}
