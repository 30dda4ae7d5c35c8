package io.probeunit.annotations;

import io.probeunit.annotations.bridge.TargetFields;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Makes tests of the same container take turns if JUnit runs tests in parallel: one lock for each target that is a
 * static field.
 *
 * <p>A lock belongs to a method, also if the annotation is on a class. So tests of several classes that share a
 * container can alternate. A container in an instance field belongs to one test and needs no lock.
 */
final class TargetLocks implements ResourceLocksProvider {

    private static final String PREFIX = "io.probeunit.internal.targets:";

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        return TargetFields.of(enclosingInstanceTypes, testClass).stream()
                .filter(f -> Modifier.isStatic(f.getModifiers()))
                .map(f -> new Lock(key(f), ResourceAccessMode.READ_WRITE))
                .collect(Collectors.toSet());
    }

    private static String key(Field field) {
        return PREFIX + field.getDeclaringClass().getName() + "." + field.getName();
    }
}
