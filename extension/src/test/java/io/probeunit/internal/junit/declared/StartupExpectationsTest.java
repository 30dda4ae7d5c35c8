package io.probeunit.internal.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.ProbeSettings.Window;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ProbePlan;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupExpectationsTest {

    @Test
    void annotations_of_the_class_are_about_the_start_and_those_of_methods_about_tests() throws Exception {
        assertThat(names(start(Starts.class))).containsExactly("base", "class");
        assertThat(names(test(List.of(), Starts.class))).containsExactly("method");
    }

    @Test
    void a_nested_class_has_a_window_of_its_own() throws Exception {
        assertThat(StartupExpectations.of(List.of(Starts.class), Starts.Inner.class))
                .isEmpty();
        assertThat(names(test(List.of(Starts.class), Starts.Inner.class))).containsExactly("inner", "innerMethod");
    }

    @Test
    void a_class_with_another_window_has_no_starts() {
        assertThat(StartupExpectations.of(List.of(), Base.class)).isEmpty();
        assertThat(StartupExpectations.of(List.of(), NearerWindow.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Nothing, PU1716", "Within, PU1718", "Returns, PU1719", "Timed, PU1719", "Stacks, PU1720"})
    void what_means_nothing_at_a_start_is_refused(String name, String id) throws ClassNotFoundException {
        Class<?> type = Class.forName(getClass().getName() + "$" + name);

        assertThatThrownBy(() -> start(type))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(id);
    }

    @Test
    void the_window_is_refused_on_a_method() throws Exception {
        TestPlace test = new TestPlace(List.of(), OnMethod.class, OnMethod.class.getDeclaredMethod("test"));

        assertThatThrownBy(() -> StartupExpectations.refuseOnMethod(test))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("PU1717");
    }

    private static ProbePlan start(Class<?> type) {
        return StartupExpectations.of(List.of(), type).orElseThrow().plan();
    }

    private static ProbePlan test(List<Class<?>> enclosing, Class<?> type) throws NoSuchMethodException {
        return AnnotationReader.read(new TestPlace(enclosing, type, type.getDeclaredMethod("test")));
    }

    private static List<String> names(ProbePlan plan) {
        return plan.expectations().stream()
                .map(Expectation::probe)
                .map(probe -> probe.declaration().replaceAll(".*\\(\"(\\w+)\"\\).*", "$1"))
                .toList();
    }

    @ExpectFunction("base")
    static class Base {}

    @ProbeSettings(window = Window.STARTUP)
    @ExpectFunction("class")
    static class Starts extends Base {
        @Test
        @ExpectFunction("method")
        void test() {}

        @Nested
        @ExpectFunction("inner")
        class Inner {
            @Test
            @ExpectFunction("innerMethod")
            void test() {}
        }
    }

    @ProbeSettings(window = Window.LIFECYCLE)
    static class NearerWindow extends Starts {}

    @ProbeSettings(window = Window.STARTUP)
    static class Nothing {}

    @ProbeSettings(window = Window.STARTUP)
    @ExpectFunction(value = "f", within = "1s")
    static class Within {}

    @ProbeSettings(window = Window.STARTUP)
    @ExpectFunction(value = "f", onReturn = true)
    static class Returns {}

    @ProbeSettings(window = Window.STARTUP)
    @ExpectFunction(value = "f", took = "< 5ms")
    static class Timed {}

    @ProbeSettings(window = Window.STARTUP)
    @ExpectFunction(value = "f", capture = "stack")
    static class Stacks {}

    static class OnMethod {
        @Test
        @ProbeSettings(window = Window.STARTUP)
        @ExpectFunction("f")
        void test() {}
    }
}
