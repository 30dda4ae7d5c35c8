package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.configuration.Configuration;
import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.run.RunScope;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Keeps the scope of a run in JUnit's root store, which closes it at the end of the run. */
final class TestRun {

    private static final Namespace NAMESPACE = Namespace.create(TestRun.class);

    private TestRun() {}

    /** Finds the scope of a run, or makes it. */
    static RunScope of(ExtensionContext context) {
        return of(context, () -> RunScope.real(settings(context).progress()));
    }

    /** Reads the settings of a run or a test. */
    static SettingsReader settings(ExtensionContext context) {
        return new SettingsReader(Configuration.of(
                context::getConfigurationParameter, key -> Optional.ofNullable(System.getProperty(key))));
    }

    /** Finds the scope of a run, or makes it with other parts; what is there first stays. */
    static RunScope of(ExtensionContext context, Supplier<RunScope> otherwise) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(RunScope.class, key -> otherwise.get(), RunScope.class);
    }
}
