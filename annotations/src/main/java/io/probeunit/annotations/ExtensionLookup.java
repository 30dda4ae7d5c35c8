package io.probeunit.annotations;

import io.probeunit.annotations.bridge.ProbeLifecycle;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Finds the extension. There must be exactly one.
 *
 * <p>The result is kept in the store of the run's root context: what was found for each class loader of tests, and one
 * instance of each class found.
 */
final class ExtensionLookup {

    private static final Namespace NAMESPACE = Namespace.create(ExtensionLookup.class);

    private ExtensionLookup() {}

    /**
     * Finds the extension for a test.
     *
     * @throws ExtensionConfigurationException if there is none, or more than one, or one that cannot be used
     */
    static ProbeLifecycle required(ExtensionContext context) {
        Store store = context.getRoot().getStore(NAMESPACE);
        List<Provider> providers = problemsExplained(context, () -> providers(context, store));
        if (providers.isEmpty()) {
            throw new ExtensionConfigurationException(Declarations.describe(context) + missing());
        }
        if (providers.size() > 1) {
            throw new ExtensionConfigurationException(Declarations.describe(context) + several(providers));
        }
        return problemsExplained(context, () -> instance(providers.get(0), store));
    }

    /** Finds the extension for what comes after a test, when any problem has been reported by {@link #required}. */
    static Optional<ProbeLifecycle> ifUsable(ExtensionContext context) {
        try {
            return Optional.of(required(context));
        } catch (ExtensionConfigurationException reportedBefore) {
            return Optional.empty();
        }
    }

    private static List<Provider> providers(ExtensionContext context, Store store) {
        ClassLoader loader =
                Declarations.ofTestClass(context).getRequiredTestClass().getClassLoader();
        return computed(store, new Search(loader), Providers.class, search -> new Providers(find(search.testLoader())))
                .found();
    }

    private static ProbeLifecycle instance(Provider provider, Store store) {
        return computed(
                store,
                provider.type(),
                ProbeLifecycle.class,
                type -> provider.create().get());
    }

    private static List<Provider> find(ClassLoader testLoader) {
        return Stream.of(
                        testLoader,
                        ProbeBridge.class.getClassLoader(),
                        Thread.currentThread().getContextClassLoader())
                .filter(Objects::nonNull)
                .distinct()
                .map(ExtensionLookup::seenBy)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Provider> seenBy(ClassLoader loader) {
        return ServiceLoader.load(ProbeLifecycle.class, loader).stream()
                .map(p -> new Provider(p.type(), p))
                .toList();
    }

    // JUnit 6 deprecates the method in favour of one that JUnit 5 does not have.
    @SuppressWarnings("deprecation")
    private static <K, V> V computed(Store store, K key, Class<V> type, Function<K, V> creator) {
        return Objects.requireNonNull(store.getOrComputeIfAbsent(key, creator, type));
    }

    private static <T> T problemsExplained(ExtensionContext context, Supplier<T> step) {
        try {
            return step.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ExtensionConfigurationException(Declarations.describe(context) + unusable(e), e);
        }
    }

    private static String missing() {
        String version = version();
        return """
                , but nothing would be probed: ProbeUnit's extension, io.probeunit:probeunit-extension, is missing \
                from the test's class path. Add it beside probeunit-annotations:

                Maven:
                  <dependency>
                    <groupId>io.probeunit</groupId>
                    <artifactId>probeunit-extension</artifactId>
                    <version>%s</version>
                    <scope>test</scope>
                  </dependency>

                Gradle:
                  testImplementation("io.probeunit:probeunit-extension:%s")
                """.formatted(version, version).stripTrailing();
    }

    private static String several(List<Provider> providers) {
        return """
                , but there is more than one extension for it on the test's class path; keep one of:
                %s
                """.formatted(providers.stream()
                .map(p -> "  %s (%s)".formatted(p.type().getName(), origin(p.type())))
                .collect(Collectors.joining("\n"))).stripTrailing();
    }

    private static String unusable(Throwable problem) {
        return """
                , but ProbeUnit's extension cannot be used: %s. Are probeunit-annotations and probeunit-extension of \
                the same version (annotations: %s), and are all libraries of the extension on the test's class path?
                """.formatted(problem, version()).stripTrailing();
    }

    private static String version() {
        return Optional.ofNullable(ProbeBridge.class.getPackage().getImplementationVersion())
                .orElse("VERSION");
    }

    private static String origin(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(Object::toString)
                .orElse("origin unknown");
    }

    /** Key of what was found for the tests of a class loader; not the loader itself, which others may use as a key. */
    private record Search(ClassLoader testLoader) {}

    private record Providers(List<Provider> found) {}

    private record Provider(Class<? extends ProbeLifecycle> type, ServiceLoader.Provider<ProbeLifecycle> create) {}
}
