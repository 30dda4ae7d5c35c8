package io.probeunit.internal.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.junit.lifecycle.FakeMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostEnginesTest {

    private final FakeMachine machine = new FakeMachine();
    private final HostEngines hostEngines = machine.probing(ProbeSettings.Host.LOCAL);
    private final Engine stap = hostEngines.engines(EngineChoice.of("STAP")).get(0);

    @Test
    void an_engine_is_tried_out_once() {
        machine.stap.lacks.add("a compiler");

        assertThat(hostEngines.preflight(stap)).isSameAs(hostEngines.preflight(stap));
        assertThat(machine.stap.preflights).hasValue(1);
    }

    /** One test without descriptors would end all that come later; another host is not waited for twice. */
    @Test
    void what_failed_on_this_machine_is_tried_again() {
        PreflightResult here = HostEngines.preflight(new LocalHost(), HostEnginesTest::fails);
        PreflightResult elsewhere = HostEngines.preflight(new FakeHost(), HostEnginesTest::fails);

        assertThat(here.lasts()).isFalse();
        assertThat(elsewhere.lasts()).isTrue();
        assertThat(here)
                .isEqualTo(new PreflightResult.Failed(
                        List.of(
                                new PreflightResult.Lack(
                                        "the host 'local' cannot be used: Could not read /proc/x: Too many open files",
                                        "Set a higher limit of open files (ulimit -n), or close files that the tests leave open.")),
                        false));
    }

    private static PreflightResult fails() {
        throw new HostException("Could not read /proc/x: Too many open files");
    }

    /** Else one interrupted test would end all that come later. */
    @Test
    void what_an_interrupted_thread_found_out_is_not_kept() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> hostEngines.preflight(stap));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(hostEngines.preflight(stap)).isInstanceOf(PreflightResult.Passed.class);
    }
}
