package io.probeunit.internal.junit.declared;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** The short names of places in the source, for messages. */
final class Names {

    private Names() {}

    /** The name of a type without its package, such as {@code Outer.Inner}. */
    static String of(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    static String of(Method method) {
        return of(method.getDeclaringClass()) + "." + method.getName() + "()";
    }

    static String of(Field field) {
        return of(field.getDeclaringClass()) + "." + field.getName();
    }

    static String ofAnnotation(Class<? extends Annotation> type) {
        return "@" + of(type);
    }
}
