package io.probeunit.conformance;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Annotations count wherever they stand; and nothing passes untested where the extension is missing. */
@Tag("slow-with-perf")
@Testcontainers
@Timeout(120)
class PlacesOfAnnotationsTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @ParameterizedTest
    @ValueSource(
            classes = {
                OnMethod.class,
                OnClass.class,
                OnSuperclass.class,
                OnInterface.class,
                AsMetaAnnotation.class,
                OnEnclosing.class
            })
    void an_expectation_counts_there(Class<?> subject) {
        Outcomes outcomes = Subjects.run(subject);

        outcomes.onlyFailure("doesNothing").contains("alpha");
        outcomes.passed("callsAlpha");
    }

    @Test
    void without_the_extension_an_annotated_test_fails() {
        ChildJvm.of(OnNothing.class)
                .withoutClassPath(entry -> entry.toString().matches(".*/(extension/target/|probeunit-extension-).*"))
                .run()
                .failure("annotated")
                .contains("probeunit-extension");
    }

    static class OnNothing {
        @Test
        @ExpectFunction(value = "alpha", times = 0)
        void annotated() {}
    }

    abstract static class Tests {
        @Probed
        static final TruthContainer container = PlacesOfAnnotationsTest.container;

        @Test
        void callsAlpha() {
            container.truth().call("alpha", 1);
        }

        @Test
        void doesNothing() {}
    }

    static class OnMethod extends Tests {
        @Test
        @Override
        @ExpectFunction("alpha")
        void callsAlpha() {
            super.callsAlpha();
        }

        @Test
        @Override
        @ExpectFunction("alpha")
        void doesNothing() {
            super.doesNothing();
        }
    }

    @ExpectFunction("alpha")
    static class OnClass extends Tests {}

    @ExpectFunction("alpha")
    abstract static class Expecting extends Tests {}

    static class OnSuperclass extends Expecting {}

    @ExpectFunction("alpha")
    interface ExpectsAlpha {}

    static class OnInterface extends Tests implements ExpectsAlpha {}

    @ExpectFunction("alpha")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface CallsAlpha {}

    @CallsAlpha
    static class AsMetaAnnotation extends Tests {}

    @ExpectFunction("alpha")
    static class OnEnclosing {
        @Nested
        class Inner extends Tests {}
    }
}
