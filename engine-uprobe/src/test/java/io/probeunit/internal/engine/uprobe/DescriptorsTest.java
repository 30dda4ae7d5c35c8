package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.kernel.SharedMemory;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails half-way, no descriptor and no mapping is left. */
class DescriptorsTest {

    private static final int NOT_PERMITTED = 1;
    private static final int AGAIN = 11;
    private static final int NO_MEMORY = 12;
    private static final SessionRequest REQUEST = new SessionRequest(
            new Target(
                    "shop",
                    "0123456789ab",
                    1,
                    1,
                    "then",
                    new Cgroup("/docker/x", 5, CgroupLevels.exactly(2)),
                    new BinarySelector.TargetDefault()),
            List.of(function("a", "/bin/a", 16), function("b", "/bin/b", 16)),
            100);

    private final FakeKernel kernel = new FakeKernel();
    private final Bpf bpf = new Bpf(kernel);
    private final FakeHost host = new FakeHost().calls(kernel);

    @BeforeEach
    void two_cpus() {
        host.files().file("/sys/devices/system/cpu/possible", "0-1\n");
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(kernel.open).isEmpty();
        assertThat(kernel.mapped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_mapping_that_fails(int before) {
        for (int i = 0; i < before; i++) {
            kernel.mapErrors.add(0);
        }
        kernel.mapErrors.add(NO_MEMORY);

        assertThatThrownBy(() -> open(new LinkAttacher(kernel, bpf)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("mmap(2)");
    }

    /** A map, a ring, a program and a link a file. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void a_call_that_fails(int before) {
        for (int i = 0; i < before; i++) {
            kernel.errors.add(0);
        }
        kernel.errors.add(NOT_PERMITTED);

        assertThatThrownBy(() -> open(new LinkAttacher(kernel, bpf))).isInstanceOf(EngineException.class);
    }

    @Test
    void a_program_that_is_refused() {
        kernel.errors.addAll(List.of(0, 0, NOT_PERMITTED, NOT_PERMITTED));

        assertThatThrownBy(() -> open(new LinkAttacher(kernel, bpf)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("The kernel refused the BPF program");
    }

    @Test
    void an_attacher_that_fails_in_any_way() {
        Attacher broken = new Attacher() {
            @Override
            public List<Integer> attach(ProgramText program, List<Sites.Site> sites) {
                throw new IllegalStateException("the jump is too long");
            }

            @Override
            public List<Integer> hold(String path, Set<Bpf.Place> places) {
                throw new IllegalStateException();
            }
        };

        assertThatThrownBy(() -> open(broken)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_session_that_was_closed_and_is_asked_once_more() throws InterruptedException {
        Session session = open(new LinkAttacher(kernel, bpf));
        session.openWindow(Set.of(0));
        session.close();

        assertThat(session.awaitClosed(Duration.ofSeconds(10))).isTrue();
        assertThatThrownBy(() -> session.openWindow(Set.of(0))).hasMessage("The session is closed.");
        assertThatThrownBy(session::barrier).hasMessage("The session is closed.");
    }

    @Test
    void a_barrier_is_one_journey_also_the_one_that_opens_a_window() throws InterruptedException {
        kernel.elsewhere = true;
        Session session = open(new LinkAttacher(kernel, bpf));
        Thread test = Thread.currentThread();
        AtomicInteger journeys = new AtomicInteger();
        kernel.beforeCall = () -> {
            if (Thread.currentThread() == test) {
                journeys.incrementAndGet();
            }
        };

        session.openWindow(Set.of(0));
        assertThat(journeys).hasValue(1);
        session.barrier();
        assertThat(journeys).hasValue(2);

        session.close();
        assertThat(session.awaitClosed(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_quota_that_was_counted_from_an_older_look_is_not_the_whole() {
        CounterMap counters = new CounterMap(kernel, bpf, 2, 0, 2);
        counters.allow(new Batch(), Set.of(1), Map.of(), 100);
        assertThat(counters.allows(Set.of(1), 100)).isTrue();
        assertThat(counters.allows(Set.of(0, 1), 100)).isFalse();

        // on the second CPU
        ((SharedMemory) kernel.mapped.get(0))
                .set(
                        new Batch(),
                        List.of(new SharedMemory.Written(
                                counters.row() + counters.bytesAPoint() + CounterMap.DETAILED, 1)));
        assertThat(counters.allows(Set.of(1), 100)).isFalse();

        counters.allow(new Batch(), Set.of(1), Map.of(), 100);
        assertThat(counters.allows(Set.of(1), 100)).isTrue();
        counters.close();
    }

    @Test
    void a_link_that_does_not_close_keeps_nothing_else_open() throws InterruptedException {
        Session session = open(new LinkAttacher(kernel, bpf));
        kernel.badToClose.addAll(kernel.open);
        kernel.badToUnmap = true;
        session.close();

        assertThat(session.awaitClosed(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void what_cannot_be_given_back_is_told_beside_the_failure() {
        kernel.errors.addAll(List.of(0, 0, 0, 0, NOT_PERMITTED));
        kernel.badToUnmap = true;

        assertThatThrownBy(() -> open(new LinkAttacher(kernel, bpf)))
                .isInstanceOf(EngineException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).isNotEmpty());
    }

    /** The kernel took back all that the helper held, and nobody waits for more. */
    @Test
    void a_session_whose_helper_has_ended_is_lost_and_closes() throws InterruptedException {
        Session session = open(new LinkAttacher(kernel, bpf));
        kernel.gone = true;
        kernel.elsewhere = true;

        assertThatThrownBy(session::barrier)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("is lost (PU1044): the helper has ended");
        assertThat(session.isAlive()).isFalse();
        session.close();

        assertThat(session.awaitClosed(Duration.ofSeconds(10))).isTrue();
        kernel.open.clear();
    }

    @Test
    void counters_that_no_program_could_reach_are_refused_before_they_are_made() {
        assertThatThrownBy(() -> new CounterMap(kernel, bpf, Sites.MOST_POINTS, 0, 1024))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "65536 probe points on 1024 CPUs need 2050 MiB of counters, and a BPF program can use only 512 (PU1078). Probe fewer points in one class.");
        assertThat(kernel.calls).isZero();
    }

    @Test
    void a_program_is_loaded_again_where_a_signal_came_between() {
        kernel.errors.addAll(List.of(AGAIN, AGAIN));

        bpf.tryToLoad();

        assertThat(kernel.calls).isEqualTo(3);
    }

    private Session open(Attacher attacher) {
        return UprobeSession.open(host, attacher, REQUEST, Sites.of(REQUEST.points(), new X86PtRegs()), firing -> {});
    }

    private static ProbePoint function(String name, String path, long offset) {
        return new ProbePoint.Function(
                name,
                false,
                List.of(new FunctionSymbol(name, offset, offset, 1)),
                new TargetFile(path, path, new FileIdentity(1, path.hashCode())),
                List.of());
    }
}
