package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be shown of an engine without a container. Its module has a subclass of this. */
public abstract class EngineContract {

    private static final int UNKNOWN_CALL = 38;

    private final EngineProvider provider = provider();

    /** A new one, as its module publishes it. */
    protected abstract EngineProvider provider();

    @Test
    void its_module_names_it_as_a_service() {
        assertThat(ServiceLoader.load(EngineProvider.class).stream().map(ServiceLoader.Provider::type))
                .as("META-INF/services/" + EngineProvider.class.getName())
                .containsOnlyOnce(provider.getClass());
    }

    /** Settings take it in upper case, and the key of a setting has it as a part. */
    @Test
    void its_name_is_one_word_in_lower_case() {
        assertThat(provider.name()).matches("[a-z][a-z0-9]*");
        assertThat(EngineChoice.of(provider.name()).allows(provider.name())).isTrue();
    }

    @Test
    void its_settings_have_its_name() {
        assertThat(provider.settings())
                .extracting(Setting::key)
                .doesNotHaveDuplicates()
                .allMatch(key ->
                        key.matches("probeunit\\.(sidecar\\.|container\\.)?" + provider.name() + "(\\.[a-z]+)+"));
    }

    @ParameterizedTest
    @EnumSource
    void a_reason_against_a_kind_of_host_is_a_sentence_without_its_full_stop(HostKind kind) {
        assertThat(provider.reasonAgainst(kind).stream()).allMatch(reason -> reason.matches("\\S.*[^.\\s]"));
    }

    /** All hosts have their engines before the first test asks for one. */
    @ParameterizedTest
    @EnumSource
    void it_is_made_without_a_look_at_its_host(HostKind kind) {
        if (provider.reasonAgainst(kind).isEmpty()) {
            Host untouched = (Host) Proxy.newProxyInstance(
                    Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                        throw new AssertionError("asked for " + method.getName());
                    });

            assertThat(on(untouched, kind).name()).isEqualTo(provider.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void on_an_empty_machine_the_preflight_says_what_is_missing_and_what_to_do(HostKind kind) {
        if (provider.reasonAgainst(kind).isEmpty()) {
            FakeKernel refusing = new FakeKernel();
            refusing.errors.addAll(Collections.nCopies(20, UNKNOWN_CALL));
            FakeHost empty = new FakeHost().calls(refusing);
            empty.files().file("/proc/self/status", "Uid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\nSeccomp:\t0\n");

            PreflightResult result = on(empty, kind).preflight();

            assertThat(result).isInstanceOf(PreflightResult.Failed.class);
            List<PreflightResult.Lack> lacks = ((PreflightResult.Failed) result).lacks();
            assertThat(lacks).isNotEmpty().allSatisfy(lack -> {
                assertThat(lack.what()).matches("(?s)\\S.*[^.\\s]");
                assertThat(lack.cure()).matches("(?s)\\S.*[.?]");
            });
            assertThat(result.lasts()).isTrue();
        }
    }

    private Engine on(Host host, HostKind kind) {
        List<Setting> settings = Stream.concat(EngineKeys.COMMON.stream(), provider.settings().stream())
                .toList();
        return provider.on(host, kind, SettingValues.defaults(settings));
    }
}
