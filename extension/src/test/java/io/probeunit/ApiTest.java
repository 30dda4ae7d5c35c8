package io.probeunit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The API is the one that was accepted last, in {@code api.txt}. A change of it must be meant: the test writes what is there
 * now, to be copied over the file.
 */
@AnalyzeClasses(packages = "io.probeunit", importOptions = ArchitectureTest.NoTests.class)
class ApiTest {

    private static final Path NOW = Path.of("target", "api.txt");

    @ArchTest
    static void the_api_is_the_one_that_was_accepted(JavaClasses classes) throws IOException {
        List<String> api = api(classes);
        Files.writeString(NOW, String.join("\n", api) + "\n");

        assertThat(api)
                .as(
                        "The API. If the change is meant, say so in CHANGELOG.md and copy extension/%s to extension/src/test/resources/io/probeunit/api.txt",
                        NOW)
                .isEqualTo(accepted());
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

    private static List<String> accepted() throws IOException {
        try (InputStream text = Objects.requireNonNull(ApiTest.class.getResourceAsStream("api.txt"))) {
            return new String(text.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
