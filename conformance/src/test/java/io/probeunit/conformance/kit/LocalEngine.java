package io.probeunit.conformance.kit;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.engine.Engines;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.settings.SettingValues;
import java.util.Comparator;
import java.util.Optional;

/** The engine that this run is about, on this machine; apart from {@link EngineUnderTest}, which runs without the extension, too. */
public final class LocalEngine {

    private LocalEngine() {}

    /** For tests that arm sessions of their own. */
    public static Engine get() {
        Engines engines = Engines.found(Comparator.comparing(EngineProvider::name));
        return engines.named(EngineChoice.of(EngineUnderTest.name()))
                .orElseThrow()
                .on(
                        new LocalHost(),
                        HostKind.LOCAL,
                        SettingValues.of(
                                engines.settings(),
                                key -> Optional.ofNullable(System.getProperty(key)),
                                IllegalArgumentException::new));
    }
}
