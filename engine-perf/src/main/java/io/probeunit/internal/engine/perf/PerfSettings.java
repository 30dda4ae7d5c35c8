package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.EngineKeys;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.SettingValues;
import java.time.Duration;

/**
 * How perf is called.
 *
 * @param parameters what the keys of these settings begin with, for messages; each kind of host has its own
 * @param command the program: a path, or a name to look up in PATH
 * @param armTimeout how long arming may take
 */
public record PerfSettings(String parameters, String command, Duration armTimeout) {

    /** Those of a kind of host. */
    public static PerfSettings of(HostKind kind, SettingValues values) {
        PerfKeys keys = PerfKeys.of(kind);
        return new PerfSettings(keys.prefix(), values.text(keys.command()), values.time(EngineKeys.ARM_TIMEOUT));
    }

    /**
     * The program of that name in PATH, a minute's patience.
     *
     * @return the defaults
     */
    public static PerfSettings defaults() {
        return new PerfSettings(PerfKeys.LOCAL.prefix(), "perf", Duration.ofSeconds(60));
    }
}
