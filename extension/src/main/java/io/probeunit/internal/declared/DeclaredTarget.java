package io.probeunit.internal.declared;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.BinarySelector;
import java.util.Optional;
import java.util.function.Predicate;
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
public record DeclaredTarget(
        String name,
        BinarySelector binary,
        Object origin,
        String place,
        boolean shared,
        Supplier<Optional<Object>> value) {

    /**
     * The object that it is now.
     *
     * @param isContainer tells the objects that are containers
     * @throws ProbeException if there is none, or it is no container
     */
    public Object container(Predicate<Object> isContainer) {
        Object container = value.get()
                .orElseThrow(() -> new ProbeException(
                        "Target %s: the %s is null. Create and start the container before the test method runs, for example with @Testcontainers and @Container, or with start() in a @BeforeAll method (PU0408)."
                                .formatted(name, place)));
        if (!isContainer.test(container)) {
            throw new ProbeException(
                    "Target %s: the %s has an object of type %s, which is not a container that ProbeUnit knows (PU0409). Put @Probed on a field whose value is a container of Testcontainers."
                            .formatted(name, place, container.getClass().getName()));
        }
        return container;
    }
}
