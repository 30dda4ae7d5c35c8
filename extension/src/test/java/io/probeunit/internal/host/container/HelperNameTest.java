package io.probeunit.internal.host.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.Owner;
import io.probeunit.internal.host.ProcessName;
import org.junit.jupiter.api.Test;

class HelperNameTest {

    private final Owner owner = Owner.thisJvm(new LocalHost().files());
    private final HelperName name = HelperName.of(owner);

    @Test
    void a_name_is_read_as_it_was_written_and_fits_into_a_path() {
        assertThat(HelperName.parse(name.toString())).contains(name);
        assertThat(name.toString()).matches("\\w+");
        assertThat(HelperName.parse("somebody")).isEmpty();
        assertThat(HelperName.of(owner)).isNotEqualTo(name);
    }

    @Test
    void places_are_compared_only_where_they_are_known() {
        HelperName elsewhere = HelperName.of(new Owner("another machine", owner.process()));
        HelperName nowhere = HelperName.of(new Owner("", new ProcessName(1, 0)));

        assertThat(name.isAtPlaceOf(HelperName.of(owner))).isTrue();
        assertThat(name.isAtPlaceOf(elsewhere)).isFalse();
        assertThat(nowhere.isAtPlaceOf(nowhere)).isFalse();
    }
}
