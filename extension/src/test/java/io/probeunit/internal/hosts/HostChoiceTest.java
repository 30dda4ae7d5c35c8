package io.probeunit.internal.hosts;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostChoiceTest {

    private record Named(String hostName) implements HostChoice.OnHost {}

    private static final HostChoice<Named> BOTH = new HostChoice<>(List.of(new Named("local"), new Named("sidecar")));

    @Test
    void a_reason_that_both_hosts_have_is_told_once() {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> BOTH.first(host -> {
                    throw new UnavailableException("the kernel has no BPF");
                }))
                .withMessage("""
                        No host can be used (host AUTO):
                        Host local: the kernel has no BPF
                        Host sidecar: as host local""");
    }

    @Test
    void each_reason_of_its_own_is_told() {
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> BOTH.first(host -> {
                    throw new UnavailableException("nothing on " + host.hostName());
                }))
                .withMessage("""
                        No host can be used (host AUTO):
                        Host local: nothing on local
                        Host sidecar: nothing on sidecar""");
    }
}
