package io.probeunit.junit;

import io.probeunit.plan.BinarySelector;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A target as the source of a test declares it; nothing is known yet of its container.
 *
 * @param name how annotations name it
 * @param binary what is meant where an annotation names no binary
 * @param origin what declares it: two declarations with the same origin are one target
 * @param place for messages
 * @param shared whether all tests of the class have the same object
 * @param value the container, or empty while there is none
 */
record DeclaredTarget(
        String name,
        BinarySelector binary,
        Object origin,
        String place,
        boolean shared,
        Supplier<Optional<Object>> value) {}
