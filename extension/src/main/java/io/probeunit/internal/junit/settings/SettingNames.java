package io.probeunit.internal.junit.settings;

import io.probeunit.internal.configuration.UnknownSettings;
import java.util.HashSet;
import java.util.Set;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Warns about JUnit configuration parameters that look like settings and are not. JUnit's launcher finds this class
 * with {@link java.util.ServiceLoader}. Only a launcher knows the names of all parameters: an extension can only ask
 * for a value.
 */
public final class SettingNames implements TestExecutionListener {

    private static final System.Logger LOG = System.getLogger("io.probeunit");

    /** Made by {@link java.util.ServiceLoader}. */
    public SettingNames() {
        // nothing to prepare
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        try {
            Set<String> names = new HashSet<>(plan.getConfigurationParameters().keySet());
            // of these the first test that probes something warns, in whatever way it was started
            names.removeAll(System.getProperties().stringPropertyNames());
            UnknownSettings.warning(names).ifPresent(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        } catch (RuntimeException | LinkageError otherLauncher) {
            LOG.log(System.Logger.Level.DEBUG, "The names of JUnit's parameters are not known", otherLauncher);
        }
    }
}
