package io.probeunit.internal.engine.perf;

import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.Values;
import java.util.List;

/**
 * The setting of perf on one kind of host; paths differ between hosts.
 *
 * @param prefix what its key begins with, for messages
 * @param command the program
 */
public record PerfKeys(String prefix, Setting command) {

    /** On the machine of the JVM. */
    public static final PerfKeys LOCAL = of("probeunit.perf", "on the machine of the tests");

    /** In the sidecar. */
    public static final PerfKeys SIDECAR = of("probeunit.sidecar.perf", "in the sidecar");

    private static PerfKeys of(String prefix, String where) {
        return new PerfKeys(
                prefix,
                Setting.of(
                        prefix + ".command",
                        new Values.Text("a name in PATH, or a path"),
                        "perf",
                        "The program perf %s.".formatted(where)));
    }

    /** That of a kind of host; perf does not run inside a target. */
    static PerfKeys of(HostKind kind) {
        return kind == HostKind.SIDECAR ? SIDECAR : LOCAL;
    }

    /** The settings on all hosts. */
    public static List<Setting> all() {
        return List.of(LOCAL.command, SIDECAR.command);
    }
}
