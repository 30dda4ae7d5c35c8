package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import java.util.List;

/** SystemTap, wherever it is installed. */
public final class StapEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return StapEngine.NAME;
    }

    @Override
    public List<Setting> settings() {
        return StapKeys.all();
    }

    @Override
    public boolean needsTools() {
        return true;
    }

    @Override
    public Engine on(Host host, HostKind kind, SettingValues values) {
        return new StapEngine(host, new LocalHost(), StapSettings.of(kind, values));
    }
}
