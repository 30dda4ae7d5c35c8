package io.probeunit.conformance.kit;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.stap.StapEngine;
import io.probeunit.internal.engine.stap.StapSettings;
import io.probeunit.internal.engine.uprobe.AttachMode;
import io.probeunit.internal.engine.uprobe.UprobeEngine;
import io.probeunit.internal.host.LocalHost;
import java.time.Duration;
import java.util.Locale;

/** The engine that this run is about, on this machine; apart from {@link EngineUnderTest}, which runs without the extension, too. */
public final class LocalEngine {

    private LocalEngine() {}

    /** For tests that arm sessions of their own; not perf. */
    public static Engine get() {
        return EngineUnderTest.name().equals("stap")
                ? new StapEngine(
                        new LocalHost(),
                        new StapSettings(
                                "probeunit.stap", "stap", EngineUnderTest.stapEnvironment(), Duration.ofMinutes(1)))
                : new UprobeEngine(
                        new LocalHost(),
                        AttachMode.valueOf(System.getProperty("probeunit.uprobe.attach", "AUTO")
                                .toUpperCase(Locale.ROOT)));
    }
}
