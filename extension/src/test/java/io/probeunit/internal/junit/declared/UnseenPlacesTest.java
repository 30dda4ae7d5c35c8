package io.probeunit.internal.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeContainer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Annotations that JUnit Jupiter never looks at, in classes where nothing else brings the extension. */
class UnseenPlacesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                OnBeforeEach.class,
                OnAfterEach.class,
                OnBeforeAll.class,
                OnAfterAll.class,
                OnHelper.class,
                Inherits.class,
                Overriding.class,
                Implementing.class,
                OverridingBesideAProbedTest.class,
                Around.class
            })
    void they_fail(Class<?> silent) {
        assertThat(failures(selectClass(silent)))
                .singleElement()
                .isInstanceOf(ExtensionConfigurationException.class)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                .hasMessageStartingWith("@")
                .hasMessageContaining(" on UnseenPlacesTest.")
                .hasMessageContaining("JUnit does not look at this place")
                .hasMessageEndingWith("or on the class if it is for all its tests.");
    }

    @Test
    void also_if_one_test_alone_is_asked_for() {
        assertThat(failures(selectMethod(OnBeforeEach.class, "test"))).hasSize(1);
    }

    /** Then the extension says it. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                BroughtByATest.class,
                BroughtByAField.class,
                OverridingWithAnAnnotation.class,
                BroughtByTheClass.class,
                Nothing.class,
                Abstract.class
            })
    void where_the_extension_comes_or_nothing_is_wrong_there_is_no_test(Class<?> other) {
        assertThat(failures(selectClass(other))).isEmpty();
    }

    private static List<Throwable> failures(DiscoverySelector selector) {
        return EngineTestKit.engine("probeunit").selectors(selector).execute().testEvents().list().stream()
                .filter(event -> event.getType() == EventType.FINISHED)
                .map(UnseenPlacesTest::failure)
                .toList();
    }

    private static Throwable failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    static class OnBeforeEach {
        @BeforeEach
        @ExpectFunction("f")
        void prepare() {}

        @Test
        void test() {}
    }

    static class OnAfterEach {
        static final FakeContainer shop = new FakeContainer();

        @AfterEach
        @ProbeFunction("f")
        void after() {}

        @Test
        void test() {}
    }

    static class OnBeforeAll {
        @BeforeAll
        @ProbeSettings(window = ProbeSettings.Window.LIFECYCLE)
        static void prepare() {}

        @Test
        void test() {}
    }

    static class OnAfterAll {
        @AfterAll
        @ExpectFunction("f")
        @ExpectFunction("g")
        static void after() {}

        @Test
        void test() {}
    }

    static class OnHelper {
        @ExpectFunction("f")
        private void help() {}

        @Test
        void test() {}
    }

    static class Inherits extends OnHelper {}

    abstract static class Abstract {
        @Test
        @ExpectFunction("f")
        void test() {}
    }

    static class Overriding extends Abstract {
        @Test
        @Override
        void test() {}
    }

    /** The extension comes to the other test alone. */
    static class OverridingBesideAProbedTest extends Overriding {
        @Test
        @ExpectFunction("g")
        void other() {}
    }

    static class OverridingWithAnAnnotation extends Abstract {
        @Test
        @Override
        @ExpectFunction("g")
        void test() {}
    }

    interface Promise {
        @ExpectFunction("f")
        void test();
    }

    static class Implementing implements Promise {
        @Test
        @Override
        public void test() {}
    }

    static class Around {
        @Nested
        class Inner {
            @BeforeEach
            @ExpectFunction("f")
            void prepare() {}

            @Test
            void test() {}
        }
    }

    static class BroughtByATest extends OnBeforeEach {
        @Test
        @ExpectFunction("g")
        void other() {}
    }

    static class BroughtByAField extends OnBeforeEach {
        @Probed
        static final FakeContainer shop = new FakeContainer();
    }

    @ProbeFunction("g")
    static class BroughtByTheClass extends OnBeforeEach {}

    static class Nothing {
        @Test
        void test() {}
    }
}
