package io.probeunit.internal.junit.declared;

import io.probeunit.internal.declared.Names;
import java.lang.reflect.Method;
import java.util.List;

/**
 * The place of a test in the source.
 *
 * @param enclosing the classes around a nested test class, the outermost first
 * @param testClass the class whose test it is; may inherit the method
 * @param method the test method
 */
public record TestPlace(List<Class<?>> enclosing, Class<?> testClass, Method method) {

    public TestPlace {
        enclosing = List.copyOf(enclosing);
    }

    /** The test as messages call it. */
    public String name() {
        return Names.of(testClass) + "." + method.getName() + "()";
    }
}
