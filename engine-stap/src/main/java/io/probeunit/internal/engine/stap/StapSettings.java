package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.EngineKeys;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.SettingValues;
import java.time.Duration;
import java.util.Map;

/**
 * How SystemTap is called.
 *
 * @param parameters what the keys of these settings begin with, for messages; each kind of host has its own
 * @param command the program {@code stap}: a path, or a name to look up in PATH
 * @param environment added to the environment of SystemTap's processes
 * @param armTimeout how long compiling and arming may take together
 */
public record StapSettings(String parameters, String command, Map<String, String> environment, Duration armTimeout) {

    /** Keeps a copy of the map. */
    public StapSettings {
        environment = Map.copyOf(environment);
    }

    /** Those of a kind of host. */
    static StapSettings of(HostKind kind, SettingValues values) {
        StapKeys keys = StapKeys.of(kind);
        return new StapSettings(
                keys.prefix(),
                values.text(keys.command()),
                values.variables(keys.environment()),
                values.time(EngineKeys.ARM_TIMEOUT));
    }

    /**
     * The program of that name in PATH, nothing added, a minute's patience.
     *
     * @return the defaults
     */
    public static StapSettings defaults() {
        return new StapSettings(StapKeys.LOCAL.prefix(), "stap", Map.of(), Duration.ofSeconds(60));
    }
}
