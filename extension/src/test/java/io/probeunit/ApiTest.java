package io.probeunit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The API is the one that was accepted last, in {@code api.txt}. A change of it must be meant, and be in CHANGELOG.md. */
@AnalyzeClasses(packages = "io.probeunit", importOptions = ArchitectureTest.NoTests.class)
class ApiTest {

    private static final Path ACCEPTED = Path.of("src/test/resources/io/probeunit/api.txt");

    @ArchTest
    static void the_api_is_the_one_that_was_accepted(JavaClasses classes) throws IOException {
        new MadeFile(ACCEPTED).mustBe(api(classes));
    }

    /** Who uses the API needs nothing that may change at any time. */
    @ArchTest
    static void the_api_shows_nothing_internal(JavaClasses classes) {
        assertThat(api(classes)).isNotEmpty().noneMatch(line -> line.contains("io.probeunit.internal."));
    }

    private static List<String> api(JavaClasses classes) {
        return classes.stream()
                .filter(resideInAnyPackage(
                        "io.probeunit", "io.probeunit.annotations", "io.probeunit.assertj", "io.probeunit.junit"))
                .filter(not(resideInAPackage("io.probeunit.annotations.bridge")))
                .map(JavaClass::reflect)
                .filter(ApiTest::isOpen)
                .flatMap(ApiTest::lines)
                .sorted()
                .toList();
    }

    private static boolean isOpen(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isOpen(type.getDeclaringClass()));
    }

    private static Stream<String> lines(Class<?> type) {
        Stream<Member> members = Stream.of(
                        Stream.<Member>of(type.getDeclaredFields()),
                        Stream.<Member>of(type.getDeclaredConstructors()),
                        Stream.<Member>of(type.getDeclaredMethods()))
                .flatMap(some -> some);
        return Stream.concat(
                Stream.of("type %s extends %s implements %s %s"
                        .formatted(
                                Modifier.toString(type.getModifiers()) + " " + type.getName(),
                                type.getGenericSuperclass(),
                                Arrays.toString(type.getGenericInterfaces()),
                                annotations(type))),
                members.filter(member -> !member.isSynthetic())
                        .filter(member ->
                                Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
                        .map(ApiTest::line));
    }

    private static String line(Member member) {
        if (member instanceof Field field) {
            return field.toGenericString();
        }
        String text = ((Executable) member).toGenericString();
        // the default of an annotation's attribute
        return member instanceof Method method && method.getDefaultValue() != null
                ? "%s default %s".formatted(text, value(method.getDefaultValue()))
                : text;
    }

    private static String value(Object value) {
        return value instanceof Object[] all
                ? Arrays.toString(all)
                : value instanceof String text ? "\"%s\"".formatted(text) : String.valueOf(value);
    }

    private static List<String> annotations(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(annotation -> annotation.annotationType().getSimpleName())
                .sorted()
                .toList();
    }
}
