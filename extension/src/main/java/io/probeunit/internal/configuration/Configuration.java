package io.probeunit.internal.configuration;

import java.util.Optional;

/** The configuration of a run from outside of the tests. */
@FunctionalInterface
public interface Configuration {

    /** A parameter's value; blank counts as not given. */
    Optional<String> get(String key);

    /** JUnit's parameters first, then system properties: JUnit's own test kit passes none of these on. */
    static Configuration of(Configuration parameters, Configuration properties) {
        return key -> given(parameters, key).or(() -> given(properties, key));
    }

    private static Optional<String> given(Configuration configuration, String key) {
        return configuration.get(key).map(String::strip).filter(v -> !v.isEmpty());
    }
}
