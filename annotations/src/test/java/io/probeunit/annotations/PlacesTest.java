package io.probeunit.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** None of the places where an annotation can stand may be ignored, and none may bring anything twice. */
class PlacesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void the_extension_is_called_once(Class<?> place) {
        Run run = Run.withExtension(place);

        run.assertSucceeded(1);
        assertThat(run.calls())
                .containsEntry("beforeEach", 1L)
                .containsEntry("beforeTestExecution", 1L)
                .containsEntry("afterTestExecution", 1L)
                .containsEntry("afterEach", 1L);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void without_the_extension_nothing_passes(Class<?> place) {
        Run run = Run.withoutExtension(place);

        assertThat(run.testsSucceeded()).isZero();
        assertThat(run.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("io.probeunit:probeunit-extension, is missing")
                        .hasMessageContaining(place.getName())
                        .hasMessageContaining("asks for probes, by @"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("placesOutsideOfFields")
    void the_static_container_is_locked_for_the_test(Class<?> place) {
        assertThat(Run.withExtension(place).locksOfTheTest())
                .containsExactly("READ_WRITE io.probeunit.internal.targets:" + Places.Shop.class.getName() + ".SHOP");
    }

    static Stream<Class<?>> placesOutsideOfFields() {
        return places().filter(c -> !c.getSimpleName().contains("Field"));
    }

    static Stream<Class<?>> places() {
        return Arrays.stream(Places.class.getDeclaredClasses())
                .filter(c -> !c.isInterface() && !Modifier.isAbstract(c.getModifiers()))
                .filter(c -> !c.getSimpleName().endsWith("Base"))
                .sorted(Comparator.comparing(Class::getSimpleName));
    }
}
