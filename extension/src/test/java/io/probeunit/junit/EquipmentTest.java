package io.probeunit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.engine.Engine;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.Readiness;
import org.junit.jupiter.api.Test;

class EquipmentTest {

    private final FakeMachine machine = new FakeMachine();
    private final Equipment equipment = machine.equip(ProbeSettings.Host.LOCAL);
    private final Engine stap = equipment.engines(ProbeSettings.Engine.STAP).get(0);

    @Test
    void an_engine_is_tried_out_once() {
        machine.stap.lacks.add("a compiler");

        assertThat(equipment.readiness(stap)).isSameAs(equipment.readiness(stap));
        assertThat(machine.stap.preflights).hasValue(1);
    }

    /** Else one interrupted test would end all that come later. */
    @Test
    void what_an_interrupted_thread_found_out_is_not_kept() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> equipment.readiness(stap));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(equipment.readiness(stap)).isInstanceOf(Readiness.Ready.class);
    }
}
