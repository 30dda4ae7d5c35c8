package io.probeunit.annotations;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;

import io.probeunit.annotations.ReportingExtension.Recorded;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.GenericContainer;

/** Test classes with one test each, annotations of ours in one place each, and one static container in sight. */
final class Places {

    interface Shop {
        GenericContainer SHOP = new GenericContainer();
    }

    static class OnMethod implements Shop {
        @Test
        @ExpectMark("m")
        void test() {}
    }

    static class TwiceOnMethod implements Shop {
        @Test
        @ExpectMark("m")
        @ExpectMark("n")
        void test() {}
    }

    static class SeveralKindsOnMethod implements Shop {
        @Test
        @ProbeFunction("f")
        @ProbeFunction("g")
        @ExpectFunction("f")
        @ExpectMark("m")
        @ExpectOrder({"f", "g"})
        @ProbeSettings(engine = ProbeSettings.Engine.STAP)
        void test() {}
    }

    static class ContainerAnnotationOnMethod implements Shop {
        @Test
        @ExpectMark.List(@ExpectMark("m"))
        void test() {}
    }

    @ExpectMark("m")
    static class OnClass implements Shop {
        @Test
        void test() {}
    }

    @ExpectMark("m")
    @ExpectMark("n")
    static class TwiceOnClass implements Shop {
        @Test
        void test() {}
    }

    @ExpectMark("m")
    static class OnClassAndMethodAndFields implements Shop {
        @Probed
        static final GenericContainer first = new GenericContainer();

        @Probed
        final GenericContainer second = new GenericContainer();

        @Test
        @ExpectMark("m")
        void test() {}
    }

    @ExpectMark("m")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({METHOD, TYPE})
    @interface Composed {}

    @ExpectMark("m")
    @ExpectMark("n")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({METHOD, TYPE})
    @interface ComposedOfTwo {}

    @Composed
    @Retention(RetentionPolicy.RUNTIME)
    @Target({METHOD, TYPE})
    @interface ComposedTwice {}

    static class ComposedOnMethod implements Shop {
        @Test
        @Composed
        void test() {}
    }

    static class ComposedOfTwoOnMethod implements Shop {
        @Test
        @ComposedOfTwo
        void test() {}
    }

    static class ComposedTwiceOnMethod implements Shop {
        @Test
        @ComposedTwice
        void test() {}
    }

    @ComposedTwice
    static class ComposedOnClass implements Shop {
        @Test
        void test() {}
    }

    @ExpectMark("m")
    abstract static class AnnotatedBase implements Shop {}

    static class OnSuperclass extends AnnotatedBase {
        @Test
        void test() {}
    }

    @ComposedOfTwo
    abstract static class ComposedBase implements Shop {}

    static class ComposedOnSuperclass extends ComposedBase {
        @Test
        void test() {}
    }

    @ExpectMark("m")
    interface Annotated extends Shop {}

    interface Extended extends Annotated {}

    static class OnInterface implements Annotated {
        @Test
        void test() {}
    }

    static class OnInterfaceOfInterface implements Extended {
        @Test
        void test() {}
    }

    abstract static class ImplementingBase implements Extended {}

    static class OnInterfaceOfSuperclass extends ImplementingBase {
        @Test
        void test() {}
    }

    @ComposedTwice
    interface ComposedInterface extends Shop {}

    static class ComposedOnInterface implements ComposedInterface {
        @Test
        void test() {}
    }

    abstract static class InheritedTest implements Shop {
        @Test
        @ExpectMark("m")
        void test() {}
    }

    static class OnInheritedMethod extends InheritedTest {}

    interface DefaultTest extends Shop {
        @Test
        @ExpectMark("m")
        default void test() {}
    }

    static class OnDefaultMethod implements DefaultTest {}

    @ExpectMark("m")
    static class OnEnclosingClass implements Shop {
        @Nested
        class Inner {
            @Nested
            class Innermost {
                @Test
                void test() {}
            }
        }
    }

    static class OnSuperclassOfEnclosingClass extends AnnotatedBase {
        @Nested
        class Inner {
            @Test
            void test() {}
        }
    }

    static class OnInterfaceOfEnclosingClass implements Annotated {
        @Nested
        class Inner {
            @Test
            void test() {}
        }
    }

    static class OnNestedClass implements Shop {
        @Nested
        @ExpectMark("m")
        class Inner {
            @Test
            void test() {}
        }
    }

    static class OnMethodOfNestedClass implements Shop {
        @Nested
        class Inner {
            @Test
            @ExpectMark("m")
            void test() {}
        }
    }

    static class OnStaticField implements Shop {
        @Probed
        private static final GenericContainer container = new GenericContainer();

        @Test
        void test() {}
    }

    static class OnInstanceField implements Shop {
        @Probed
        private final GenericContainer container = new GenericContainer();

        @Test
        void test() {}
    }

    static class StaticFieldBase implements Shop {
        @Probed
        private static final GenericContainer container = new GenericContainer();
    }

    static class OnStaticFieldOfSuperclass extends StaticFieldBase {
        @Test
        void test() {}
    }

    static class InstanceFieldBase implements Shop {
        @Probed
        private final GenericContainer container = new GenericContainer();
    }

    static class OnInstanceFieldOfSuperclass extends InstanceFieldBase {
        @Test
        void test() {}
    }

    interface WithConstant {
        @Probed
        GenericContainer CONTAINER = new GenericContainer();
    }

    static class OnFieldOfInterface implements WithConstant {
        @Test
        void test() {}
    }

    static class OnStaticFieldOfEnclosingClass implements Shop {
        @Probed
        static final GenericContainer container = new GenericContainer();

        @Nested
        class Inner {
            @Test
            void test() {}
        }
    }

    static class OnInstanceFieldOfEnclosingClass implements Shop {
        @Probed
        final GenericContainer container = new GenericContainer();

        @Nested
        class Inner {
            @Test
            void test() {}
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OnInstanceFieldOfOneInstance implements Shop {
        @Probed
        final GenericContainer container = new GenericContainer();

        @Test
        void test() {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OnMethodOfOneInstance implements Shop {
        @Test
        @ExpectMark("m")
        void test() {}
    }

    static class OnParameterizedTest implements Shop {
        @ParameterizedTest
        @ValueSource(ints = 1)
        @ExpectMark("m")
        void test(int ignored) {}
    }

    static class OnRepeatedTest implements Shop {
        @RepeatedTest(1)
        @ExpectMark("m")
        void test() {}
    }

    static class WithParameter implements Shop {
        @Test
        @ExpectMark("m")
        void test(Recorded recorded) {}
    }

    static class WithParameterBeforeEach implements Shop {
        @BeforeEach
        void prepare(Recorded recorded) {}

        @Test
        @ExpectMark("m")
        void test() {}
    }

    static class WithConstructorParameter implements Shop {
        WithConstructorParameter(Recorded recorded) {}

        @Test
        @ExpectMark("m")
        void test() {}
    }

    static class ProbeFunctionAlone implements Shop {
        @Test
        @ProbeFunction("f")
        void test() {}
    }

    static class ProbeMarkAlone implements Shop {
        @Test
        @ProbeMark("m")
        void test() {}
    }

    static class ExpectFunctionAlone implements Shop {
        @Test
        @ExpectFunction("f")
        void test() {}
    }

    static class ExpectOrderAlone implements Shop {
        @Test
        @ExpectOrder({"f", "g"})
        void test() {}
    }

    static class ExpectMarksAlone implements Shop {
        @Test
        @ExpectMarks
        void test() {}
    }

    static class ProbeSettingsAlone implements Shop {
        @Test
        @ProbeSettings
        void test() {}
    }

    private Places() {}
}
