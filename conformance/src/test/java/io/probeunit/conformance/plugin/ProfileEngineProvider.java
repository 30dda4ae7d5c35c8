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
public final class ProfileEngineProvider implements EngineProvider {

    static final Setting TRACEFS = Setting.unset(
            "probeunit.profile.tracefs", new Values.Text("a folder"), "Where the engine PROFILE finds tracefs.");

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public List<Setting> settings() {
        return List.of(TRACEFS);
    }

    @Override
    public Optional<String> reasonAgainst(HostKind kind) {
        return kind == HostKind.LOCAL
                ? Optional.empty()
                : Optional.of("the engine PROFILE reads files of the machine of the tests");
    }

    @Override
    public boolean needsTools() {
        return false;
    }

    @Override
    public Engine on(Host host, HostKind kind, SettingValues values) {
        return new ProfileEngine(host, values.value(TRACEFS));
    }
}
