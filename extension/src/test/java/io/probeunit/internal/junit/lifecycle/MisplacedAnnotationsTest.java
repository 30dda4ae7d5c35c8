package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations on methods that are no tests mean nothing, and are not ignored. */
class MisplacedAnnotationsTest {

    private final FakeMachine machine = new FakeMachine();

    @ParameterizedTest
    @ValueSource(classes = {OnBeforeEach.class, OnAfterAll.class, OnHelper.class, Inherits.class, Around.class})
    void on_a_method_that_is_no_test_they_are_an_error(Class<?> misplaced) {
        assertThat(machine.run(misplaced).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(" on MisplacedAnnotationsTest.")
                .hasMessageContaining(".helper(): ")
                .hasMessageContaining("is not a test")
                .hasMessageContaining("test method");
        assertThat(machine.stap.opened).isEmpty();
    }

    @Test
    void on_a_method_that_a_test_overrides_they_count() {
        Run run = machine.run(Fulfils.class);

        assertThat(run.failure()).hasMessageContaining("@ExpectFunction(\"g\") on MisplacedAnnotationsTest.Promise");
    }

    @Fake
    static class WithTarget {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ProbeFunction("f")
        void test() {}
    }

    static class OnBeforeEach extends WithTarget {
        @BeforeEach
        @ExpectFunction("g")
        void helper() {}
    }

    static class OnAfterAll extends WithTarget {
        @AfterAll
        @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
        static void helper() {}
    }

    static class OnHelper extends WithTarget {
        @ExpectFunction(value = "g", times = 0)
        @ExpectFunction("h")
        void helper() {}
    }

    static class Inherits extends OnHelper {}

    @Fake
    static class Around {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @ExpectFunction("g")
        private void helper() {}

        @Nested
        class Inner {
            @Test
            @ProbeFunction("f")
            void test() {}
        }
    }

    interface Promise {
        @ExpectFunction("g")
        void test();
    }

    @Fake
    static class Fulfils implements Promise {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @Override
        @ProbeFunction("f")
        public void test() {}

        @Test
        @ProbeFunction("f")
        void other() {}
    }
}
