package io.probeunit.internal.junit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.probeunit.internal.junit.lifecycle.LoggedLines;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SettingNamesTest {

    private static final String PROPERTY = "probeunit.engjne";

    @RegisterExtension
    final LoggedLines logged = new LoggedLines("io.probeunit");

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    private void launch(Map<String, String> parameters) {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(Passes.class))
                        .configurationParameters(parameters)
                        .build());
    }

    @Test
    void a_parameter_with_a_misspelt_name_is_told_once_with_the_nearest() {
        launch(Map.of("probeunit.engin", "uprobe", "probeunit.host", "local", "other.engin", "x"));

        assertThat(logged.lines())
                .singleElement()
                .asString()
                .contains("probeunit.engin (did you mean probeunit.engine?)", "has no effect")
                .doesNotContain("other.engin");
    }

    @Test
    void those_that_exist_are_let() {
        launch(Map.of("probeunit.engine", "uprobe", "probeunit.report.files", "NONE"));

        assertThat(logged.lines()).isEmpty();
    }

    /** It is told elsewhere, and not twice. */
    @Test
    void system_properties_are_no_parameters() {
        System.setProperty(PROPERTY, "uprobe");

        launch(Map.of());

        assertThat(logged.lines()).isEmpty();
    }

    static class Passes {
        @Test
        void passes() {}
    }
}
