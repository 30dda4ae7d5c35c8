package io.probeunit.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Places that JUnit does not look at, as the documentation of the annotations says: no annotation there brings the
 * bridge.
 */
class UnseenPlacesTest {

    @Test
    void a_method_that_the_test_method_overrides() {
        assertBringsNothing(Overriding.class);
    }

    @Test
    void a_method_of_an_interface_that_the_test_method_implements() {
        assertBringsNothing(Implementing.class);
    }

    @Test
    void a_method_that_is_no_test() {
        assertBringsNothing(OnBeforeEach.class);
    }

    private static void assertBringsNothing(Class<?> place) {
        Run run = Run.withExtension(place);

        run.assertSucceeded(1);
        assertThat(run.calls()).isEmpty();
    }

    abstract static class Overridden {
        @Test
        @ExpectMark("m")
        void test() {}
    }

    static class Overriding extends Overridden {
        @Test
        @Override
        void test() {}
    }

    interface Promise {
        @ExpectMark("m")
        void test();
    }

    static class Implementing implements Promise {
        @Test
        @Override
        public void test() {}
    }

    static class OnBeforeEach {
        @BeforeEach
        @ExpectMark("m")
        void prepare() {}

        @Test
        void test() {}
    }
}
