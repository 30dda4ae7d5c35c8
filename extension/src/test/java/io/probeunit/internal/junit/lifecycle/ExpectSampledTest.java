package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import io.probeunit.ProbeException;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectSampled;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import io.probeunit.internal.sampling.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.AssertionFailedError;

class ExpectSampledTest {

    private final FakeMachine machine = new FakeMachine();

    @BeforeEach
    void begin() {
        Subject.ran = false;
    }

    @AfterEach
    void nothingIsSampledAnyMore() {
        assertThat(machine.running).hasValue(0);
    }

    private void sampled(long total, long found) {
        machine.sampled = all -> {
            Map<SampledExpectation, Long> each = new LinkedHashMap<>();
            all.forEach(e -> each.put(e, found));
            return new Samples(
                    total, each, List.of(new Samples.Share("busy (/bin/fake)", total - found)), Optional.empty());
        };
    }

    @Test
    void a_share_that_is_large_enough_passes_without_any_engine() {
        machine.engines.clear();
        sampled(200, 100);

        Run run = machine.run(Subject.class);

        run.assertSucceeded(1);
        assertThat(run.entries())
                .containsExactly(Map.of(
                        "probeunit.sampled",
                        "met: function f in at least 50 % of the samples: in 100 of 200 samples, 50.0 % (± 7.1)",
                        "probeunit.sampled.host",
                        "local"));
    }

    @Test
    void the_next_host_is_taken_where_one_cannot_sample() {
        machine.sidecarEngines.add(machine.uprobe);
        machine.noPerf.add("local");
        sampled(200, 99);

        Run run = machine.run(Subject.class);

        assertThat(run.failure()).hasMessageContaining("user space, from host sidecar");
        assertThat(run.entries())
                .singleElement(map(String.class, String.class))
                .containsEntry("probeunit.sampled.host", "sidecar")
                .containsEntry("probeunit.sampled.host.passed-over", "Host local: no perf here");
    }

    @Test
    void the_host_that_a_setting_names_is_the_only_one() {
        machine.sidecarEngines.add(machine.uprobe);
        machine.noPerf.add("sidecar");
        sampled(200, 100);

        Run run = machine.run(Map.of("probeunit.host", "sidecar"), Subject.class);

        assertThat(run.failure()).isInstanceOf(UnavailableException.class).hasMessage("no perf here");
        assertThat(run.entries()).isEmpty();
    }

    @Test
    void where_no_host_can_sample_the_reasons_of_all_are_told() {
        machine.sidecarEngines.add(machine.uprobe);
        machine.noPerf.addAll(List.of("local", "sidecar"));

        assertThat(machine.run(Subject.class).failure())
                .isInstanceOf(UnavailableException.class)
                .hasMessage("No host can be used (host AUTO):\nHost local: no perf here\nHost sidecar: as host local");
    }

    @Test
    void a_smaller_share_is_told_with_what_was_on_top() {
        sampled(200, 99);

        assertThat(machine.run(Subject.class).failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("""
                1 of 1 @ExpectSampled was not met (by samples, which are statistical: no calls were counted)

                1) @ExpectSampled(value = "f", atLeastPercent = 50.0) on ExpectSampledTest.Subject.test()
                   expected:  function f in at least 50 % of the samples
                   actual:    in 99 of 200 samples, 49.5 % (± 7.1)
                   on top:    busy (/bin/fake) 50.5 %
                   container: shop, sampled 997 times a second and CPU while its code ran in user space, from host local""");
    }

    @Test
    void too_few_samples_say_nothing() {
        sampled(99, 99);

        assertThat(machine.run(Subject.class).failure())
                .hasMessageContaining("inconclusive: 99 samples in all, fewer than minSamples = 100");
    }

    @Test
    void what_could_not_be_read_says_nothing() {
        machine.sampled = all -> Samples.unknown("perf has ended");

        assertThat(machine.run(Subject.class).failure())
                .hasMessageContaining("inconclusive: no verdict is possible, since perf has ended");
    }

    @Fake
    static class Subject {
        static boolean ran;

        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectSampled(value = "f", atLeastPercent = 50)
        void test() {
            ran = true;
        }
    }

    @Test
    void where_it_cannot_be_done_nothing_runs() {
        machine.noPerf.add("local");

        assertThat(machine.run(Subject.class).failure())
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("no perf here\nOr set the host to SIDECAR");
        assertThat(Subject.ran).isFalse();
    }

    @Test
    void it_is_told_beside_the_probes() {
        sampled(200, 10);

        assertThat(machine.run(Both.class).failure())
                .hasMessageContaining("1 of 1 @ExpectSampled was not met")
                .hasMessageContaining("@ExpectFunction(\"g\")");
    }

    @ExpectSampled(value = "f", atLeastPercent = 50)
    @Fake
    static class Both {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("g")
        void test() {}
    }

    @Test
    void several_are_told_in_their_order() {
        sampled(200, 10);

        assertThat(machine.run(Several.class).failure())
                .hasMessageContaining("2 of 3 @ExpectSampled were not met")
                .hasMessageMatching("(?s).*1\\) @ExpectSampled\\(value = \"g\".*2\\) @ExpectSampled\\(value = \"f\".*");
    }

    @Fake
    static class Several {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer till = new FakeContainer();

        @Test
        @ExpectSampled(value = "g", atLeastPercent = 50, container = "till")
        @ExpectSampled(value = "h", atLeastPercent = 5, container = "shop")
        @ExpectSampled(value = "f", atLeastPercent = 5.5, container = "shop")
        void test() {}
    }

    @Test
    void a_function_that_is_not_there_ends_the_other_samples_too() {
        assertThat(machine.run(Missing.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessage("no such function");
    }

    @Fake
    static class Missing {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer till = new FakeContainer();

        @Test
        @ExpectSampled(value = "f", atLeastPercent = 50, container = "shop")
        @ExpectSampled(value = "ff", atLeastPercent = 50, container = "till")
        void test() {}
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, atLeastPercent = 0.0 cannot fail, or always fails",
        "tooMuch, atLeastPercent = 100.5 cannot fail, or always fails",
        "noNumber, atLeastPercent = NaN cannot fail, or always fails",
        "noSamples, minSamples = 0 would accept no samples",
        "noSuchContainer, there is no target named 'shpo' (PU0403). Did you mean 'shop'?"
    })
    void what_means_nothing_is_refused(String test, String message) {
        assertThat(machine.run(Refused.class).end(test + "()").orElseThrow())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(" on ExpectSampledTest.Refused." + test + "(): ")
                .hasMessageContaining(message);
    }

    @Fake
    static class Refused {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectSampled(value = "f", atLeastPercent = 0)
        void nothing() {}

        @Test
        @ExpectSampled(value = "f", atLeastPercent = 100.5)
        void tooMuch() {}

        @Test
        @ExpectSampled(value = "f", atLeastPercent = Double.NaN)
        void noNumber() {}

        @Test
        @ExpectSampled(value = "f", atLeastPercent = 50, minSamples = 0)
        void noSamples() {}

        @Test
        @ExpectSampled(value = "f", atLeastPercent = 50, container = "shpo")
        void noSuchContainer() {}
    }
}
