package io.probeunit.internal.host.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.Owner;
import io.probeunit.internal.host.ProcessName;
import org.junit.jupiter.api.Test;

class AgentNameTest {

    private final Owner owner = Owner.thisJvm(new LocalHost().files());
    private final AgentName name = AgentName.of(owner);

    @Test
    void a_name_is_read_as_it_was_written_and_fits_into_a_path() {
        assertThat(AgentName.parse(name.toString())).contains(name);
        assertThat(name.toString()).matches("\\w+");
        assertThat(AgentName.parse("somebody")).isEmpty();
        assertThat(AgentName.of(owner)).isNotEqualTo(name);
    }

    @Test
    void places_are_compared_only_where_they_are_known() {
        AgentName elsewhere = AgentName.of(new Owner("another machine", owner.process()));
        AgentName nowhere = AgentName.of(new Owner("", new ProcessName(1, 0)));

        assertThat(name.isAtPlaceOf(AgentName.of(owner))).isTrue();
        assertThat(name.isAtPlaceOf(elsewhere)).isFalse();
        assertThat(nowhere.isAtPlaceOf(nowhere)).isFalse();
    }
}
