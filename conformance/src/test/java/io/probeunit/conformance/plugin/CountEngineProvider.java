package io.probeunit.conformance.plugin;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import io.probeunit.internal.settings.Values;
import java.util.List;
import java.util.Optional;

/** Found by its service file alone. Works only where its setting says so, to change no other test. */
public final class CountEngineProvider implements EngineProvider {

    static final Setting ALLOWED = Setting.unset(
            "probeunit.count.allowed", new Values.Choice(List.of("true")), "Whether the engine COUNT works.");

    @Override
    public String name() {
        return "count";
    }

    @Override
    public List<Setting> settings() {
        return List.of(ALLOWED);
    }

    @Override
    public Optional<String> reasonAgainst(HostKind kind) {
        // the group of the tools that ProbeUnit runs in a target is below the target's, and would be counted
        return kind == HostKind.CONTAINER
                ? Optional.of("the engine COUNT cannot leave out ProbeUnit's own tools inside a target")
                : Optional.empty();
    }

    @Override
    public boolean needsTools() {
        return false;
    }

    @Override
    public Engine on(Host host, HostKind kind, SettingValues values) {
        return new CountEngine(host, values.value(ALLOWED).isPresent());
    }
}
