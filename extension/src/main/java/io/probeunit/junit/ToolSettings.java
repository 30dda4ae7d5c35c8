package io.probeunit.junit;

import java.time.Duration;
import java.util.Map;

/**
 * How the engines' tools are run. Tests that agree in this share preflights.
 *
 * @param armTimeout how long arming may take
 * @param stapCommand the program that is SystemTap
 * @param stapEnvironment what is added to the environment of SystemTap's processes
 */
record ToolSettings(Duration armTimeout, String stapCommand, Map<String, String> stapEnvironment) {

    ToolSettings {
        stapEnvironment = Map.copyOf(stapEnvironment);
    }
}
