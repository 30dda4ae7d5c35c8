package io.probeunit.internal.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.BinarySelector;
import org.junit.jupiter.api.Test;

class TargetResolverTest {

    private final FakeMachine machine = new FakeMachine();
    private final TargetResolver resolver = new TargetResolver(machine.host);

    @Test
    void a_running_container_is_found() {
        Target target = resolve(FakeContainer.in("running", FakeMachine.PID));

        assertThat(target).isEqualTo(machine.target());
        assertThat(target.root()).isEqualTo("/proc/4711/root");
        assertThat(resolver.isSame(target)).isTrue();
    }

    @Test
    void an_id_that_was_given_again_is_another_target() {
        Target target = machine.target();

        machine.files.file("/proc/4711/stat", FakeMachine.stat(FakeMachine.PID, 'S', 100));
        assertThat(resolver.isSame(target)).isFalse();

        machine.files.file("/proc/4711/stat", FakeMachine.stat(FakeMachine.PID, 'Z', 99));
        assertThat(resolver.isSame(target)).isFalse();

        machine.files.delete("/proc/4711");
        assertThat(resolver.isSame(target)).isFalse();
    }

    @Test
    void a_container_that_is_not_there_or_does_not_run_is_refused() {
        refuses(
                FakeContainer.notCreated(),
                "The container of target shop does not exist: it was not started, or it was removed (PU0415).");
        refuses(
                FakeContainer.in("exited", 0),
                "The container of target shop (0123456789ab, image shop:1) does not run: its status is 'exited', exit code 3 (PU0416).");
        refuses(
                FakeContainer.in("restarting", 0),
                "does not run: its status is 'restarting' (PU0416). Probes need its processes");
    }

    @Test
    void a_daemon_on_another_machine_is_recognised_by_the_cgroup_of_the_process() {
        refuses(
                FakeContainer.in("running", 1),
                "The container of target shop (0123456789ab) is not visible on the host 'fake' (PU0419): the daemon says that its main process is 1, but here there is no process 1.");

        machine.process(1, "0::/init.scope\n");
        refuses(FakeContainer.in("running", 1), "but here process 1 belongs to 0::/init.scope.");

        assertThatExceptionOfType(ContainerOutOfReachException.class)
                .isThrownBy(() -> resolve(FakeContainer.in("running", 1)));
    }

    @Test
    void a_container_whose_files_may_not_be_looked_at_is_out_of_reach() {
        machine.files.delete(FakeMachine.ROOT);

        assertThatExceptionOfType(ContainerOutOfReachException.class)
                .isThrownBy(() -> resolve(FakeContainer.in("running", FakeMachine.PID)))
                .withMessageContaining("The files of target shop (0123456789ab) may not be looked at")
                .withMessageContaining("/proc/4711/root")
                .withMessageContaining("CAP_SYS_PTRACE");
    }

    @Test
    void a_container_that_ends_or_starts_again_meanwhile_is_not_elsewhere() {
        refusesHere(FakeContainer.turning("running", 1, "exited", 0), "does not run: its status is 'exited'");
        refusesHere(
                FakeContainer.turning("running", 1, "running", 2),
                "was started again while it was looked up (PU0417): its main process was 1.");
    }

    private void refusesHere(DaemonContainer container, String message) {
        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> resolve(container))
                .isNotInstanceOf(ContainerOutOfReachException.class)
                .withMessageContaining(message);
    }

    private Target resolve(DaemonContainer container) {
        return resolver.resolve("shop", container, new BinarySelector.TargetDefault());
    }

    private void refuses(DaemonContainer container, String message) {
        assertThatExceptionOfType(ProbeException.class)
                .isThrownBy(() -> resolve(container))
                .withMessageContaining(message);
    }
}
