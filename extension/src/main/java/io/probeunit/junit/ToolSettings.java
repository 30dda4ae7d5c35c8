package io.probeunit.junit;

import io.probeunit.engine.uprobe.AttachMode;
import java.time.Duration;
import java.util.Map;

/**
 * How the engines' tools are run. Tests that agree in this share preflights.
 *
 * @param armTimeout how long arming may take
 * @param stapCommand the program that is SystemTap
 * @param stapEnvironment what is added to the environment of SystemTap's processes
 * @param attach how the built-in engine attaches its program
 */
record ToolSettings(Duration armTimeout, String stapCommand, Map<String, String> stapEnvironment, AttachMode attach) {

    ToolSettings {
        stapEnvironment = Map.copyOf(stapEnvironment);
    }
}
