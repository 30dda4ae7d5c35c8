package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.OpenProbes;
import io.probeunit.ProbeException;
import io.probeunit.Probes;
import io.probeunit.Recording;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.Leftovers;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Probes in code count as annotations do. That they need no JUnit is shown by {@code compatibility/testng}. */
@Testcontainers
@Timeout(120)
class WithoutJUnitTest {

    private static final String PIE = TruthContainer.PIE;

    @Container
    static final TruthContainer container = new TruthContainer();

    @Container
    static final TruthContainer other = new TruthContainer();

    private final Truth truth = container.truth();

    @Test
    void what_fires_from_open_to_close_is_counted_and_nothing_else() {
        truth.call("alpha", 5);
        Recording recording;
        try (OpenProbes probes = Probes.on(container)
                .binary(PIE)
                .function("alpha", point -> point.capture("arg1:s64"))
                .mark("truth:gamma")
                .open()) {
            recording = probes.recording();
            assertThat(recording).function("alpha").neverFired();
            truth.call("alpha", 3);
            assertThat(recording).function("alpha").firedTimes(3);
            truth.call("gamma", 2);
            truth.call("alpha", 4);
        }
        truth.call("alpha", 6);

        assertThat(recording.engine()).isEqualTo(EngineUnderTest.name());
        assertThat(recording).function("alpha").firedTimes(7);
        assertThat(recording).mark("truth:gamma").firedTimes(2);
        assertThat(recording.function("alpha").list())
                .extracting(firing -> firing.captures().get("arg1"))
                .containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 3L);
    }

    @Test
    @Tag("once")
    void a_recording_of_an_action_is_frozen_when_the_action_has_ended() {
        Recording recording = Probes.on(container).binary(PIE).function("alpha").record(() -> truth.call("alpha", 3));
        truth.call("alpha", 4);

        assertThat(recording).function("alpha").firedTimes(3);
    }

    @Test
    @Tag("once")
    void what_the_action_throws_is_thrown() {
        Probes probes = Probes.on(container).binary(PIE).function("alpha");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> probes.record(() -> {
                    throw new IllegalStateException("own");
                }))
                .withMessage("own")
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    }

    @Test
    void returns_and_their_values() {
        Recording recording = Probes.on(container)
                .binary(PIE)
                .function("deep", point -> point.onReturn().capture("return:s64"))
                .record(() -> truth.call("deep", 2));

        assertThat(recording.functionReturn("deep").list())
                .extracting(firing -> firing.captures().get("return"))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    @OnlyEngine({"stap", "uprobe"})
    void what_the_engine_counts_by_a_condition_is_exact_without_details() {
        Recording recording = Probes.on(container)
                .binary(PIE)
                .function("alpha", point -> point.countWhere("arg1:s64 >= 250000"))
                .record(() -> truth.call("alpha", 500_000));

        assertThat(recording.loss().details()).isPositive();
        assertThat(recording).function("alpha").firedTimes(500_000);
        assertThat(recording.function("alpha").where("arg1:s64 >= 250000").count())
                .isEqualTo(250_000);
    }

    @Test
    @Tag("once")
    void containers_by_name_and_a_binary_of_their_own() {
        Recording recording = Probes.on("one", container)
                .binary(PIE)
                .and("two", other)
                .function("alpha", point -> point.container("one"))
                .function("alpha", point -> point.container("two").in(PIE))
                .record(() -> {
                    truth.call("alpha", 2);
                    other.truth().call("alpha", 3);
                });

        assertThat(recording.function("alpha").in("one").count()).isEqualTo(2);
        assertThat(recording.function("alpha").in("two").count()).isEqualTo(3);
        assertThatThrownBy(() -> Probes.on("one", container)
                        .and("two", other)
                        .function("alpha")
                        .open())
                .isInstanceOf(ProbeException.class)
                .hasMessageContainingAll("function(\"alpha\")", "(PU0402)", "one", "two");
    }

    @Test
    @Tag("once")
    void two_open_windows_on_one_container_both_count() {
        Probes probes = Probes.on(container).binary(PIE).function("alpha");
        try (OpenProbes outer = probes.open()) {
            truth.call("alpha", 1);
            Recording inner = probes.record(() -> truth.call("alpha", 2));
            truth.call("alpha", 4);

            assertThat(inner).function("alpha").firedTimes(2);
            assertThat(outer.recording()).function("alpha").firedTimes(7);
        }
    }

    @Test
    @Tag("once")
    void a_doubt_about_a_count_is_an_error_live_and_frozen() {
        try (TruthContainer restarted = TruthContainer.started()) {
            Recording recording;
            try (OpenProbes probes =
                    Probes.on(restarted).binary(PIE).function("alpha").open()) {
                recording = probes.recording();
                restarted.truth().call("alpha", 1);
                restarted
                        .getDockerClient()
                        .restartContainerCmd(restarted.getContainerId())
                        .withTimeout(0)
                        .exec();
                isInDoubt(recording);
            }
            isInDoubt(recording);
        }
    }

    private static void isInDoubt(Recording recording) {
        assertThatThrownBy(() -> recording.function("alpha").count())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("started again");
    }

    @Test
    @Tag("once")
    void what_cannot_be_probed_is_an_error_and_leaves_nothing() {
        Leftovers before = Leftovers.before();
        Probes probes = Probes.on(container).binary(PIE);

        refused(probes, "(PU1504)");
        refused(probes.function("alphaa"), "alphaa", "alpha");
        refused(probes.function("alpha", point -> point.container("shop")), "no target named 'shop' (PU0403)");
        refused(probes.mark("truth:gamma", point -> point.capture("arg1:int")), "mark(\"truth:gamma\")", "(PU0214)");
        refused(probes.mark("truth:gamma", point -> point.capture("return")), "(PU0218)");
        refused(probes.function("alpha").setting("probeunit.engin", "PERF"), "probeunit.engine?", "(PU1505)");
        refused(probes.function("alpha").setting("probeunit.window", "LIFECYCLE"), "(PU1505)");
        refused(probes.function("alpha").setting("probeunit.engine", "PERFECT"), "(PU0301)");
        TruthContainer stopped = TruthContainer.started();
        stopped.stop();
        refused(Probes.on(stopped).function("alpha"), "container");

        before.of(ProcessHandle.current().pid()).awaitNone();
    }

    @Test
    @Tag("once")
    void nothing_is_left_after_close() {
        Leftovers before = Leftovers.before();
        Probes.on(container).binary(PIE).function("alpha").record(() -> truth.call("alpha", 1));

        before.of(ProcessHandle.current().pid()).awaitNone();
    }

    private static void refused(Probes probes, CharSequence... parts) {
        assertThatThrownBy(() -> probes.open().close())
                .isInstanceOf(ProbeException.class)
                .hasMessageContainingAll(parts);
    }
}
