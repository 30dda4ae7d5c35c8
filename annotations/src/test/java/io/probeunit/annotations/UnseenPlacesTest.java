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
    void aMethodThatTheTestMethodOverrides() {
        assertThat(Run.withExtension(Overriding.class).calls()).isEmpty();
    }

    @Test
    void aMethodOfAnInterfaceThatTheTestMethodImplements() {
        assertThat(Run.withExtension(Implementing.class).calls()).isEmpty();
    }

    @Test
    void aMethodThatIsNoTest() {
        assertThat(Run.withExtension(OnBeforeEach.class).calls()).isEmpty();
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
