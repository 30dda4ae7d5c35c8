package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.KernelWatch.Ended;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.recording.Fixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessWatchTest {

    private static final WatchedPoint ENTRY = point(0, false);
    private static final WatchedPoint RETURN = point(1, true);

    private final FakeKernelWatch kernelWatch = new FakeKernelWatch();
    private final ProcessWatch watch = new ProcessWatch("shop", kernelWatch);

    @Test
    void nothing_happens() {
        kernelWatch.ended.add(new Ended(1, 6, "before"));
        kernelWatch.callsWithoutReturnProbe.put(1, 5L);

        assertThat(watch.begin(List.of(ENTRY, RETURN)).look()).isEqualTo(Findings.NOTHING);
    }

    @Test
    void a_process_that_a_signal_ends_is_a_note() {
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(ENTRY));
        kernelWatch.ended.add(new Ended(42, 11, "reserve"));

        assertThat(windowWatch.look())
                .isEqualTo(new Findings(
                        List.of(), Map.of(), List.of("process 42 (reserve) of container shop was ended by SIGSEGV")));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 7, 8, 11, 31})
    void a_return_probe_may_be_the_cause_of_what_a_process_brings_upon_itself(int signal) {
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(ENTRY, RETURN));
        kernelWatch.ended.add(new Ended(42, signal, "reserve"));

        assertThat(windowWatch.look().ofTarget())
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.effect()).isEqualTo(Doubt.Effect.PROGRAM_CHANGED))
                .extracting(Doubt::text)
                .asString()
                .startsWith("process 42 (reserve) of container shop was ended by SIG")
                .contains("while f.return was probed")
                .contains("without onReturn");
    }

    @Test
    void a_breakpoint_that_code_took_along_may_be_the_cause_of_sigtrap() {
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(ENTRY));
        kernelWatch.ended.add(new Ended(42, 5, "reserve"));

        assertThat(windowWatch.look().ofTarget())
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.effect()).isEqualTo(Doubt.Effect.PROGRAM_CHANGED))
                .extracting(Doubt::text)
                .asString()
                .startsWith("process 42 (reserve) of container shop was ended by SIGTRAP while probes were armed")
                .contains("copies or moves");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 13, 15, 40})
    void what_others_send_is_no_doubt(int signal) {
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(RETURN));
        kernelWatch.ended.add(new Ended(42, signal, "reserve"));

        Findings found = windowWatch.look();
        assertThat(found.ofTarget()).isEmpty();
        assertThat(found.notes()).hasSize(1);
    }

    @Test
    void many_ends_are_not_all_named() {
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(RETURN));
        IntStream.range(0, 12).forEach(pid -> kernelWatch.ended.add(new Ended(pid, 6, "reserve")));

        Findings found = windowWatch.look();
        assertThat(found.notes()).hasSize(6).last().isEqualTo("signals ended 7 more processes of container shop");
        assertThat(found.ofTarget()).hasSize(5);
    }

    @Test
    void calls_whose_returns_the_kernel_leaves_out_make_the_count_a_lower_bound() {
        kernelWatch.callsWithoutReturnProbe.put(1, 5L);
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(ENTRY, RETURN));
        kernelWatch.callsWithoutReturnProbe.put(1, 42L);

        Findings found = windowWatch.look();
        assertThat(found.ofPoints()).containsOnlyKeys(1);
        assertThat(found.ofPoints().get(1))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.effect()).isEqualTo(Doubt.Effect.CALLS_MISSED))
                .satisfies(doubt -> assertThat(doubt.text()).startsWith("37 more calls of f began when 64 return"));
    }

    private static WatchedPoint point(int index, boolean onReturn) {
        return new WatchedPoint(
                index, onReturn ? Fixture.functionReturn("f") : Fixture.function("f"), Optional.empty(), List.of());
    }

    private static final class FakeKernelWatch implements KernelWatch.Running {
        private final List<Ended> ended = new ArrayList<>();
        private final Map<Integer, Long> callsWithoutReturnProbe = new HashMap<>();

        @Override
        public KernelWatch.Events events() {
            return new KernelWatch.Events(ended, callsWithoutReturnProbe, 0);
        }

        @Override
        public KernelWatch.Mappings mapped() {
            return KernelWatch.Mappings.NONE;
        }

        @Override
        public void close() {
            // sees on
        }
    }
}
