package io.probeunit.internal.configuration;

import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.engine.Engines;
import io.probeunit.internal.host.HostKind;
import java.util.Comparator;
import java.util.List;

/**
 * The engines on the class path, and which of them {@code AUTO} prefers. This is the only place that ranks engines. One that
 * is not named here comes after those that are, by its name.
 */
public final class KnownEngines {

    /** SystemTap first: a root user who has installed it gets it. {@code docs/decisions/0003-systemtap-first.md} */
    private static final List<String> ON_THE_MACHINE = List.of("stap", "uprobe", "perf");

    /** The built-in engine first: it needs our helper alone, and no image is built. */
    private static final List<String> IN_THE_SIDECAR = List.of("uprobe", "stap", "perf");

    /** All of them. */
    public static final Engines ALL = Engines.found(preferredOn(HostKind.LOCAL));

    private KnownEngines() {}

    /** The order on a kind of host. */
    public static Comparator<EngineProvider> preferredOn(HostKind kind) {
        List<String> preferred = kind == HostKind.SIDECAR ? IN_THE_SIDECAR : ON_THE_MACHINE;
        return Comparator.comparingInt((EngineProvider engine) -> rank(preferred, engine.name()))
                .thenComparing(EngineProvider::name);
    }

    private static int rank(List<String> preferred, String engine) {
        return preferred.contains(engine) ? preferred.indexOf(engine) : preferred.size();
    }
}
