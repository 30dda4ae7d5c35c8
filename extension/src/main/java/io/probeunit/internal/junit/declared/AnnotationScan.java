package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.declared.Names;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds our annotations in all places where they count for a test: on its method and overridden methods, on its class,
 * superclasses and interfaces, on enclosing classes with their superclasses and interfaces, on annotations there, and
 * repeated ones.
 *
 * <p>This is the only place that looks for annotations of tests; {@code docs/junit.md} has the rules for users. Probes
 * and expectations add up: a nearer annotation does not replace a farther one. For settings, the nearest annotation
 * decides, for each attribute separately.
 *
 * <p>It looks only at the annotations that each element declares itself, and at each element once. So nothing counts
 * twice: no inherited annotation, no interface that is reached in two ways, and no user annotation in two places.
 */
public final class AnnotationScan {

    private static final Package OURS = ExpectFunction.class.getPackage();

    /** Asked for each test, and the same for all tests of a class. */
    private static final ClassValue<List<Found>> MISPLACED = new ClassValue<>() {
        @Override
        protected List<Found> computeValue(Class<?> type) {
            return misplacedIn(type);
        }
    };

    /** Asked for each test of a class. */
    private static final ClassValue<Boolean> STARTUP = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return settings(List.of(), type).stream()
                    .map(ProbeSettings::window)
                    .filter(window -> window != ProbeSettings.Window.INHERIT)
                    .findFirst()
                    .filter(window -> window == ProbeSettings.Window.STARTUP)
                    .isPresent();
        }
    };

    /** The users' own annotations that were looked into. */
    private final Set<Class<?>> seen = new HashSet<>();

    private final List<Found> found = new ArrayList<>();

    private AnnotationScan() {}

    /** Lists the annotations of a test in the order declared: classes around, class, method. */
    static List<Found> declared(TestPlace test) {
        AnnotationScan scan = new AnnotationScan();
        Set<Class<?>> ofStarts = ofStarts(test);
        Hierarchy.declared(test.enclosing(), test.testClass()).forEach(t -> {
            int before = scan.found.size();
            scan.lookAt(t, Names.of(t));
            if (ofStarts.contains(t)) {
                scan.found.subList(before, scan.found.size()).removeIf(found -> isPoint(found.annotation()));
            }
        });
        Hierarchy.methods(test.testClass(), test.method()).forEach(m -> scan.lookAt(m, Names.of(m)));
        return scan.found;
    }

    /** The types whose annotations of points are about the start of containers, and about no test. */
    private static Set<Class<?>> ofStarts(TestPlace test) {
        Set<Class<?>> starts = new HashSet<>();
        Set<Class<?>> tests = new HashSet<>();
        Stream.concat(test.enclosing().stream(), Stream.of(test.testClass()))
                .forEach(type -> (isStartup(type) ? starts : tests).addAll(Hierarchy.declared(List.of(), type)));
        starts.removeAll(tests);
        return starts;
    }

    private static boolean isPoint(Annotation annotation) {
        return annotation instanceof ProbeFunction
                || annotation instanceof ProbeMark
                || annotation instanceof ExpectFunction
                || annotation instanceof ExpectMark
                || annotation instanceof ExpectOrder;
    }

    /** Says whether the annotations of points on a class, and on what it extends, are about the start of its containers. */
    static boolean isStartup(Class<?> testClass) {
        return STARTUP.get(testClass);
    }

    /** Lists the annotations of points on a class, and on what it extends. */
    static List<Found> pointsOn(Class<?> testClass) {
        return onTypes(List.of(), testClass).stream()
                .filter(found -> isPoint(found.annotation()))
                .toList();
    }

    /** Lists the settings of a class, the nearest first. */
    static List<ProbeSettings> settings(List<Class<?>> enclosing, Class<?> testClass) {
        return Hierarchy.nearest(enclosing, testClass).stream()
                .flatMap(AnnotationScan::settingsOn)
                .toList();
    }

    /** Lists the annotations of a class and the classes around it, which count for all its tests, in the order declared. */
    static List<Found> onTypes(List<Class<?>> enclosing, Class<?> testClass) {
        AnnotationScan scan = new AnnotationScan();
        Hierarchy.declared(enclosing, testClass).forEach(t -> scan.lookAt(t, Names.of(t)));
        return scan.found;
    }

    /** Lists the annotations of a test's method, and of those that it overrides. */
    static List<Found> onMethods(TestPlace test) {
        AnnotationScan scan = new AnnotationScan();
        Hierarchy.methods(test.testClass(), test.method()).forEach(m -> scan.lookAt(m, Names.of(m)));
        return scan.found;
    }

    /** Lists the settings of a test, the nearest first: method, class, superclasses and interfaces, classes around. */
    public static List<ProbeSettings> settings(TestPlace test) {
        List<Method> methods = new ArrayList<>(Hierarchy.methods(test.testClass(), test.method()));
        Collections.reverse(methods);
        return Stream.concat(methods.stream(), Hierarchy.nearest(test.enclosing(), test.testClass()).stream())
                .flatMap(AnnotationScan::settingsOn)
                .toList();
    }

    /** Lists annotations on methods that are no tests, nor are overridden by one; they would be ignored there. */
    static List<Found> misplaced(TestPlace test) {
        return Stream.concat(test.enclosing().stream(), Stream.of(test.testClass()))
                .flatMap(type -> MISPLACED.get(type).stream())
                .toList();
    }

    /** Lists annotations on methods of one class alone, and what it extends, that are no tests. */
    static List<Found> misplaced(Class<?> type) {
        return MISPLACED.get(type);
    }

    /** Lists annotations on the methods that a test overrides. */
    static List<Found> overridden(Class<?> type, Method test) {
        AnnotationScan scan = new AnnotationScan();
        Hierarchy.methods(type, test).stream()
                .filter(method -> !method.equals(test))
                .forEach(method -> scan.lookAt(method, Names.of(method)));
        return scan.found;
    }

    /** Says whether there is an annotation on this element itself. */
    static boolean isOn(AnnotatedElement element) {
        AnnotationScan scan = new AnnotationScan();
        scan.lookAt(element, "");
        return !scan.found.isEmpty();
    }

    private static List<Found> misplacedIn(Class<?> type) {
        AnnotationScan scan = new AnnotationScan();
        for (Method method : Hierarchy.methodsThatAreNoTests(type)) {
            scan.lookAt(method, Names.of(method));
        }
        return List.copyOf(scan.found);
    }

    private static Stream<ProbeSettings> settingsOn(AnnotatedElement element) {
        AnnotationScan scan = new AnnotationScan();
        scan.lookAt(element, "");
        return scan.found.stream()
                .sorted(Comparator.comparingInt(Found::depth))
                .map(Found::annotation)
                .filter(ProbeSettings.class::isInstance)
                .map(ProbeSettings.class::cast);
    }

    private void lookAt(AnnotatedElement element, String name) {
        lookAt(element, name, 0);
    }

    private void lookAt(AnnotatedElement element, String place, int depth) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            take(annotation, place, depth);
        }
    }

    private void take(Annotation annotation, String place, int depth) {
        Class<? extends Annotation> type = annotation.annotationType();
        Optional<Annotation[]> repeated = repeated(annotation);
        if (repeated.isPresent()) {
            Stream.of(repeated.get()).forEach(a -> take(a, place, depth));
        } else if (type.getPackage() == OURS) {
            found.add(new Found(annotation, place, depth));
        } else if (!type.getName().startsWith("java.") && seen.add(type)) {
            lookAt(type, Names.ofAnnotation(type) + " on " + place, depth + 1);
        }
    }

    /** What a container of repeated annotations holds; empty if the annotation is no such container. */
    private static Optional<Annotation[]> repeated(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        return Stream.of(type.getDeclaredMethods())
                .filter(m -> m.getName().equals("value") && isContainer(type, m.getReturnType()))
                .findFirst()
                .map(m -> content(m, annotation));
    }

    private static boolean isContainer(Class<?> type, Class<?> content) {
        if (!content.isArray() || !content.getComponentType().isAnnotation()) {
            return false;
        }
        Repeatable repeatable = content.getComponentType().getAnnotation(Repeatable.class);
        return repeatable != null && repeatable.value() == type;
    }

    private static Annotation[] content(Method value, Annotation container) {
        try {
            value.setAccessible(true);
            return (Annotation[]) value.invoke(container);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + container, e);
        }
    }
}
