package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.SemaphoreUprobes;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkedSemaphoresTest {

    private static final TargetFile SHOP = new TargetFile("/bin/shop", "/merged/bin/shop", new FileIdentity(1, 2));
    private static final int INVALID = 22;
    private static final int NOT_PERMITTED = 1;

    private final FakeKernel kernel = new FakeKernel();
    private final LinkedSemaphores semaphores = new LinkedSemaphores(AttachMode.LINK);

    @Test
    void they_are_held_by_a_descriptor_until_it_is_closed() {
        SemaphoreUprobes.Attempt attempt = put();

        assertThat(kernel.open).hasSize(1);
        ((SemaphoreUprobes.Held) attempt).release().run();
        assertThat(kernel.open).isEmpty();
    }

    @Test
    void a_place_that_has_another_counter_is_no_error_yet() {
        kernel.errors.addAll(List.of(0, INVALID));

        assertThat(put()).isInstanceOf(SemaphoreUprobes.Taken.class);
        assertThat(kernel.open).isEmpty();
    }

    @Test
    void any_other_refusal_is() {
        kernel.errors.addAll(List.of(0, NOT_PERMITTED));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(this::put)
                .withMessageContaining("/merged/bin/shop");
        assertThat(kernel.open).isEmpty();
    }

    private SemaphoreUprobes.Attempt put() {
        return semaphores.put(new FakeHost().calls(kernel), SHOP, Map.of(0x2000L, 4090));
    }
}
