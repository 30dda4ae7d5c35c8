package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HostTest {

    private final FakeHost host = new FakeHost();

    /** The JVM's own id would be that of somebody else there. */
    @Test
    void what_acts_on_a_host_is_named_by_that_host() {
        host.files().file("/proc/4711/stat", "4711 (java) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 30 0 5 0 0");
        host.files().createLink("/proc/self", "4711");

        assertThat(host.actor()).isEqualTo(new ProcessName(4711, 5));
    }

    @Test
    void a_host_without_proc_says_so() {
        assertThatThrownBy(host::actor)
                .isInstanceOf(HostException.class)
                .hasMessage(
                        "It is not known which process acts on the host 'fake' (PU1038): there is no link /proc/self to a process.");
    }

    @Test
    void on_this_machine_it_is_the_jvm() {
        LocalHost local = new LocalHost();

        assertThat(local.actor()).isEqualTo(ProcessName.ofThisJvm(local.files()));
    }
}
