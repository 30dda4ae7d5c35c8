package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import io.probeunit.internal.settings.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginesTest {

    private final EngineProvider everywhere = new Provider("one", Optional.empty());
    private final EngineProvider onMachines = new Provider("two", Optional.of(HostKind.CONTAINER));
    private final Engines engines = new Engines(List.of(everywhere, onMachines));

    @ParameterizedTest
    @CsvSource({"ONE, one", "two, two"})
    void one_is_found_by_its_name_in_upper_or_lower_case(String choice, String name) {
        assertThat(engines.named(EngineChoice.of(choice)).map(EngineProvider::name))
                .hasValue(name);
    }

    @ParameterizedTest
    @CsvSource({"three", "AUTO", "auto"})
    void none_is_found_by_another_name(String choice) {
        assertThat(engines.named(EngineChoice.of(choice))).isEmpty();
    }

    @Test
    void only_those_without_a_reason_are_on_a_host() {
        assertThat(engines.on(HostKind.LOCAL)).containsExactly(everywhere, onMachines);
        assertThat(engines.on(HostKind.CONTAINER)).containsExactly(everywhere);
    }

    @Test
    void their_settings_come_after_the_common_ones() {
        assertThat(engines.settings().stream().map(Setting::key))
                .containsExactly("probeunit.arm.timeout", "probeunit.one.folder", "probeunit.two.folder");
    }

    @Test
    void two_of_one_name_are_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Engines(List.of(everywhere, new Provider("one", Optional.empty()))))
                .withMessageContaining("Two engines on the class path are called one");
    }

    /** The class path of these tests has no module of an engine. */
    @Test
    void none_is_found_where_no_service_file_names_one() {
        assertThat(Engines.found(Comparator.comparing(EngineProvider::name)).providers())
                .isEmpty();
    }

    private record Provider(String name, Optional<HostKind> not) implements EngineProvider {

        @Override
        public List<Setting> settings() {
            return List.of(Setting.unset(
                    "probeunit.%s.folder".formatted(name), new Values.Text("a folder"), "Where something is."));
        }

        @Override
        public Optional<String> reasonAgainst(HostKind kind) {
            return not.filter(kind::equals).map(k -> "it is not there");
        }

        @Override
        public boolean needsTools() {
            return false;
        }

        @Override
        public Engine on(Host host, HostKind kind, SettingValues values) {
            throw new UnsupportedOperationException();
        }
    }
}
