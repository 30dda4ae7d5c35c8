package io.probeunit.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import org.junit.jupiter.api.Test;

class SidecarContainerTest {

    /** Where a daemon's defaults are the same, no container shows whether it was asked. */
    @Test
    void all_rights_are_asked_for_and_no_network() {
        HostConfig rights = SidecarContainer.rights();

        assertThat(rights.getPrivileged()).isTrue();
        assertThat(rights.getPidMode()).isEqualTo("host");
        assertThat(rights.getCgroupnsMode()).isEqualTo("host");
        assertThat(rights.getUsernsMode()).isEqualTo("host");
        assertThat(rights.getNetworkMode()).isEqualTo("none");
        assertThat(rights.getAutoRemove()).isTrue();
        assertThat(rights.getBinds()).isEmpty();
    }
}
