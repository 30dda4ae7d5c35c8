package io.probeunit.internal.engine;

import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.settings.Setting;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The engines that there are. Thread-safe.
 *
 * @param providers in the order of the page for users
 */
public record Engines(List<EngineProvider> providers) {

    /** Keeps a copy of the list, and refuses two engines of one name. */
    public Engines {
        providers = List.copyOf(providers);
        Set<String> names = new HashSet<>();
        for (EngineProvider provider : providers) {
            if (!names.add(provider.name())) {
                throw new IllegalStateException("Two engines on the class path are called %s; one of them is %s."
                        .formatted(provider.name(), provider.getClass().getName()));
            }
        }
    }

    /**
     * Finds the engines on the class path.
     *
     * @param order of the result
     */
    public static Engines found(Comparator<EngineProvider> order) {
        // not with the thread's class loader, which in some test runners is another one
        return new Engines(ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(order)
                .toList());
    }

    /** The engine that is asked for by name; empty if there is none, or if any will do. */
    public Optional<EngineProvider> named(EngineChoice choice) {
        return choice.name()
                .flatMap(name ->
                        providers.stream().filter(p -> p.name().equals(name)).findFirst());
    }

    /** Those that exist on a kind of host. */
    public List<EngineProvider> on(HostKind kind) {
        return providers.stream().filter(p -> p.reasonAgainst(kind).isEmpty()).toList();
    }

    /** The settings that all engines have in common, and those of each. */
    public List<Setting> settings() {
        return Stream.concat(EngineKeys.COMMON.stream(), providers.stream().flatMap(p -> p.settings().stream()))
                .toList();
    }
}
