package io.probeunit.internal.engine.stap;

import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.Values;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of SystemTap on one kind of host; paths differ between hosts.
 *
 * @param prefix what both keys begin with, for messages
 * @param command the program
 * @param environment what is added to the environment of its processes
 */
public record StapKeys(String prefix, Setting command, Setting environment) {

    /** On the machine of the JVM. */
    public static final StapKeys LOCAL = of("probeunit.stap", "on the machine of the tests");

    /** In the sidecar. */
    public static final StapKeys SIDECAR = of("probeunit.sidecar.stap", "in the sidecar");

    /** In the container that is probed. */
    public static final StapKeys CONTAINER = of("probeunit.container.stap", "in the target itself");

    private static StapKeys of(String prefix, String where) {
        return new StapKeys(
                prefix,
                Setting.of(
                        prefix + ".command",
                        new Values.Text("a name in PATH, or a path"),
                        "stap",
                        "The program stap %s.".formatted(where)),
                Setting.unset(
                        prefix + ".environment",
                        new Values.Variables(),
                        "What is added to the environment of SystemTap's processes %s.".formatted(where)));
    }

    /** Those of a kind of host. */
    static StapKeys of(HostKind kind) {
        return switch (kind) {
            case LOCAL -> LOCAL;
            case SIDECAR -> SIDECAR;
            case CONTAINER -> CONTAINER;
        };
    }

    /** The settings on all hosts. */
    public static List<Setting> all() {
        return Stream.of(LOCAL, SIDECAR, CONTAINER)
                .flatMap(host -> Stream.of(host.command, host.environment))
                .toList();
    }
}
