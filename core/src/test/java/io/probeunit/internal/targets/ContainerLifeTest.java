package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerLifeTest {

    private final FakeMachine machine = new FakeMachine();

    @Test
    void while_its_first_process_lives_the_daemon_is_not_asked() {
        assertThat(doubt(FakeContainer.unreachable(new IllegalStateException("it was asked"))))
                .isEmpty();
    }

    @Test
    void one_that_has_ended_did_nothing_that_was_not_counted() {
        ends();

        assertThat(doubt(FakeContainer.in("exited", 0))).isEmpty();
        assertThat(doubt(FakeContainer.removed())).isEmpty();
    }

    @Test
    void one_that_was_started_again_has_a_new_cgroup() {
        ends();

        assertThat(doubt(FakeContainer.startedAt("2026-01-02T03:05:00Z")))
                .hasValue(
                        "container shop was started again at 2026-01-02T03:05:00Z; its calls since then are not counted");
    }

    @Test
    void one_that_is_about_to_be_started_again_counts_as_such() {
        ends();

        assertThat(doubt(FakeContainer.in("restarting", 0))).isPresent();
    }

    @Test
    void another_container_in_its_place_is_another_life() {
        ends();

        assertThat(doubt(FakeContainer.another("f".repeat(64)))).isPresent();
    }

    @Test
    void how_it_ended_is_told_once_it_has() {
        assertThat(ended(FakeContainer.unreachable(new IllegalStateException("it was asked"))))
                .isEmpty();
        ends();

        assertThat(ended(FakeContainer.in("exited", 0))).hasValue(new ContainerChange.Ended("ended with status 3", 3));
        assertThat(ended(FakeContainer.in("dead", 0))).isPresent();
        assertThat(ended(FakeContainer.startedAt("2026-01-02T03:05:00Z"))).isEmpty();
        assertThat(ended(FakeContainer.removed())).hasValue(new ContainerChange.Ended("ended and was removed", 0));
    }

    private void ends() {
        machine.files.delete("/proc/4711");
    }

    private Optional<ContainerChange> ended(DaemonContainer container) {
        return change(container).filter(ContainerChange.Ended.class::isInstance);
    }

    private Optional<String> doubt(DaemonContainer container) {
        return change(container)
                .filter(ContainerChange.StartedAgain.class::isInstance)
                .map(change -> ((ContainerChange.StartedAgain) change).doubt().text());
    }

    private Optional<ContainerChange> change(DaemonContainer container) {
        return new ContainerLife(new TargetResolver(machine.host), machine.target(), container).change();
    }
}
