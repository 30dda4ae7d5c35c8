package io.probeunit.internal.declared;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** The short names of places in the source, for messages. */
public final class Names {

    private Names() {}

    /** The name of a type without its package, such as {@code Outer.Inner}. */
    public static String of(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    public static String of(Method method) {
        return of(method.getDeclaringClass()) + "." + method.getName() + "()";
    }

    public static String of(Field field) {
        return of(field.getDeclaringClass()) + "." + field.getName();
    }

    public static String ofAnnotation(Class<? extends Annotation> type) {
        return "@" + of(type);
    }
}
