package io.probeunit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SettingNamesTest {

    private static final String PROPERTY = "probeunit.engjne";

    private final Logger logger = Logger.getLogger("io.probeunit");
    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
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
    void aParameterWithAMisspeltNameIsToldOnceWithTheNearest() {
        launch(Map.of("probeunit.engin", "uprobe", "probeunit.host", "local", "other.engin", "x"));

        assertThat(logged)
                .singleElement()
                .asString()
                .contains("probeunit.engin (did you mean probeunit.engine?)", "has no effect")
                .doesNotContain("other.engin");
    }

    @Test
    void thoseThatExistAreLet() {
        launch(Map.of("probeunit.engine", "uprobe", "probeunit.report.files", "NONE"));

        assertThat(logged).isEmpty();
    }

    /** It is told elsewhere, and not twice. */
    @Test
    void systemPropertiesAreNoParameters() {
        System.setProperty(PROPERTY, "uprobe");

        launch(Map.of());

        assertThat(logged).isEmpty();
    }

    static class Passes {
        @Test
        void passes() {}
    }
}
