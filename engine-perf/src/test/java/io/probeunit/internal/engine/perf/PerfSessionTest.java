package io.probeunit.internal.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.CopiedStack;
import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a session makes of samples; its processes are seen on real machines. */
class PerfSessionTest {

    private static final long ON_CPU_0 = 10;
    private static final long ON_CPU_1 = 11;
    private static final long EVENT = 2330;
    private static final String ONLINE = "/sys/devices/system/cpu/online";
    private static final int QUOTA = 100;
    private static final RecordFormat FORMAT = new RecordFormat(Map.of(UprobeEvent.COMMAND, 0));
    private static final SessionRequest REQUEST = new SessionRequest(
            new Target(
                    "shop",
                    "0123456789ab",
                    1,
                    1,
                    "then",
                    new Cgroup("/docker/x", 5, CgroupLevels.exactly(2)),
                    new BinarySelector.TargetDefault()),
            List.of(Points.function("reserve", false)),
            QUOTA);

    private final FakeHost host = withTwoCpus();
    private final List<Long> seen = new ArrayList<>();
    private final List<Long> stacks = new ArrayList<>();
    private final PerfSession session = new PerfSession(
            host,
            REQUEST,
            Map.of(
                    EVENT,
                    new FiringDecoder(new UprobeEvent(0, 0, false, Points.PATH, List.of(0x1180L), List.of()), FORMAT)),
            new Monitor(),
            new FiringSink() {
                @Override
                public void accept(Details firing) {
                    seen.add(firing.nanos());
                }

                @Override
                public Callers copied(int pid, CopiedStack copy) {
                    stacks.add(copy.memory().from());
                    return Callers.NONE;
                }
            },
            () -> {});

    @Test
    void a_sample_that_perf_hands_over_twice_is_one_firing() {
        session.allow(Set.of(0), Map.of());
        sample(ON_CPU_0, 101, 1);
        sample(ON_CPU_0, 102, 2);
        sample(ON_CPU_1, 103, 1);
        sample(ON_CPU_0, 102, 2);
        sample(ON_CPU_0, 104, 3);

        assertThat(seen).containsExactly(101L, 102L, 103L, 104L);
    }

    /** perf reads one ring after the other: a process that changes its CPU is seen on the second one first. */
    @Test
    void the_first_firings_have_details_though_another_cpu_is_read_before() {
        session.allow(Set.of(0), Map.of());
        for (int i = 1; i <= 2 * QUOTA; i++) {
            sample(ON_CPU_1, 1000 + i, i);
        }
        sample(ON_CPU_0, 101, 1);

        assertThat(seen).hasSize(QUOTA + 1).last().isEqualTo(101L);
    }

    @Test
    void each_window_has_details_of_its_own() {
        sample(ON_CPU_0, 1, 1);
        assertThat(seen).as("before the first window").isEmpty();

        session.allow(Set.of(0), Map.of());
        for (int i = 2; i <= 3 * QUOTA; i++) {
            sample(ON_CPU_0, i, i);
        }
        assertThat(seen).hasSize(QUOTA).last().isEqualTo(QUOTA + 1L);

        session.allow(Set.of(0), Map.of());
        sample(ON_CPU_0, 9999, 9999);
        assertThat(seen).last().isEqualTo(9999L);
    }

    @Test
    void stacks_are_read_of_the_firings_that_a_window_wants() {
        session.allow(Set.of(0), Map.of(0, new StackQuota(1, 2)));
        for (int i = 1; i <= 5; i++) {
            session.sample(ON_CPU_0, EVENT, withStack(i));
        }
        assertThat(stacks).containsExactly(1002L, 1003L);

        session.allow(Set.of(0), Map.of());
        session.sample(ON_CPU_0, EVENT, withStack(6));
        session.allow(Set.of(0), Map.of(0, new StackQuota(0, 1)));
        session.sample(ON_CPU_0, EVENT, withStack(7));
        assertThat(stacks).containsExactly(1002L, 1003L, 1007L);
        assertThat(seen).hasSize(7);
    }

    private static Sample withStack(long nanos) {
        long registers = 0xff0fff;
        ByteBuffer user = ByteBuffer.allocate(200).order(ByteOrder.nativeOrder());
        // the stack pointer is the eighth, and the stack has 8 bytes
        user.putLong(0, 2).putLong(8 + 7 * 8, 1000 + nanos);
        user.putLong(8 + 20 * 8, 8).putLong(8 + 22 * 8, 8);
        return new Sample(
                0,
                11,
                12,
                nanos,
                nanos,
                ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()),
                0,
                8,
                Optional.of(new UserStack(user, 0, registers)));
    }

    /** perf opens its events on the CPUs that are online when it starts. */
    @Test
    void a_cpu_that_comes_later_ends_the_session() {
        host.files().file(ONLINE, "0-3\n");

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(session::barrier)
                .withMessageContaining("CPUs 0-1 were online")
                .withMessageContaining("now CPUs 0-3 are");
        host.files().file(ONLINE, "0-1\n");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(session::barrier)
                .withMessage("The session is closed.");
    }

    private static FakeHost withTwoCpus() {
        FakeHost host = new FakeHost();
        host.files().file(ONLINE, "0-1\n");
        return host;
    }

    private void sample(long source, long nanos, long count) {
        ByteBuffer raw = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        session.sample(source, EVENT, new Sample(0, 11, 12, nanos, count, raw, 0, 8, Optional.empty()));
    }
}
