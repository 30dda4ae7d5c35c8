package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import java.util.List;

/** The built-in engine. */
public final class UprobeEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return UprobeEngine.NAME;
    }

    @Override
    public List<Setting> settings() {
        return UprobeKeys.all();
    }

    @Override
    public boolean needsTools() {
        return false;
    }

    @Override
    public Engine on(Host host, HostKind kind, SettingValues values) {
        return new UprobeEngine(host, values.constant(UprobeKeys.ATTACH, AttachMode.class));
    }
}
