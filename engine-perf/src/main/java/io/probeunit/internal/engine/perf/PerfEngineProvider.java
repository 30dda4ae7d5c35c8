package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import java.util.List;
import java.util.Optional;

/** perf, on machines and in the sidecar. */
public final class PerfEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return PerfEngine.NAME;
    }

    @Override
    public List<Setting> settings() {
        return PerfKeys.all();
    }

    @Override
    public Optional<String> reasonAgainst(HostKind kind) {
        return kind == HostKind.CONTAINER ? Optional.of("perf does not run inside a target") : Optional.empty();
    }

    @Override
    public boolean needsTools() {
        return true;
    }

    @Override
    public Engine on(Host host, HostKind kind, SettingValues values) {
        return new PerfEngine(host, PerfSettings.of(kind, values));
    }
}
