package io.probeunit.engine.perf;

import java.time.Duration;

/**
 * How perf is called.
 *
 * @param command the program: a path, or a name to look up in PATH
 * @param armTimeout how long arming may take
 */
public record PerfSettings(String command, Duration armTimeout) {

    /**
     * The program of that name in PATH, a minute's patience.
     *
     * @return the defaults
     */
    public static PerfSettings defaults() {
        return new PerfSettings("perf", Duration.ofSeconds(60));
    }
}
