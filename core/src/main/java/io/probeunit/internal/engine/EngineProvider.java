package io.probeunit.internal.engine;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import java.util.List;
import java.util.Optional;

/**
 * An engine as a plug-in: its module has a class that implements this, with a constructor without parameters, and names it
 * in the file {@code META-INF/services/io.probeunit.internal.engine.EngineProvider}. It is thread-safe.
 */
public interface EngineProvider {

    /**
     * What the engine is called in settings and messages; the same as {@link Engine#name()}.
     *
     * @return in lower case, for example {@code stap}; settings take it in upper and lower case
     */
    String name();

    /**
     * The settings of this engine alone, on all kinds of hosts.
     *
     * @return in the order of the page for users
     */
    default List<Setting> settings() {
        return List.of();
    }

    /**
     * Says why this engine does not exist on a kind of host.
     *
     * @param kind of the host
     * @return empty if it exists there; else the reason: a sentence without its full stop
     */
    default Optional<String> reasonAgainst(HostKind kind) {
        return Optional.empty();
    }

    /**
     * Says whether the engine runs programs that must be installed on its host. The sidecar then is made of an image that has
     * them, which {@code AUTO} does not do.
     *
     * @return false if system calls are enough
     */
    boolean needsTools();

    /**
     * Makes the engine of a host. Nothing is looked at or started yet.
     *
     * @param host on which it will work
     * @param kind of this host; {@link #reasonAgainst} has no reason against it
     * @param values of {@link #settings()} and {@link EngineKeys#COMMON}
     * @return the engine
     */
    Engine on(Host host, HostKind kind, SettingValues values);
}
