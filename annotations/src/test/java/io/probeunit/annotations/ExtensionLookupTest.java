package io.probeunit.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.bridge.ProbeLifecycle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** One extension serves a run; none, several, or one that cannot be used is a failure that says what to do. */
class ExtensionLookupTest {

    @Test
    void one_instance_serves_all_classes_of_a_run_and_is_closed_at_its_end() {
        Run run = Run.withExtension(Places.OnMethod.class, Places.OnClass.class, Places.OnStaticField.class);

        run.assertSucceeded(3);
        assertThat(run.instances())
                .singleElement()
                .satisfies(id -> assertThat(ReportingExtension.isClosed(id)).isTrue());
        assertThat(Run.withExtension(Places.OnMethod.class).instances()).doesNotContainAnyElementsOf(run.instances());
    }

    @Test
    void every_callback_is_passed_on_once() {
        Run run = Run.withExtension(WholeLifecycle.class);

        run.assertSucceeded(1);
        assertThat(run.calls())
                .isEqualTo(Map.of(
                        "beforeAll", 1L,
                        "beforeEach", 1L,
                        "interceptBeforeEachMethod", 1L,
                        "beforeTestExecution", 1L,
                        "interceptTestMethod", 1L,
                        "afterTestExecution", 1L,
                        "interceptAfterEachMethod", 1L,
                        "afterEach", 1L,
                        "afterAll", 1L));
    }

    @Test
    void nested_classes_have_their_own_callbacks_of_the_class() {
        assertThat(Run.withExtension(Places.OnEnclosingClass.class).calls())
                .containsEntry("beforeAll", 3L)
                .containsEntry("afterAll", 3L);
    }

    @Test
    void annotations_on_a_method_bring_no_callbacks_of_the_class() {
        Run run = Run.withExtension(Places.OnMethod.class);

        run.assertSucceeded(1);
        assertThat(run.calls()).doesNotContainKeys("beforeAll", "afterAll");
    }

    @Test
    void the_defaults_of_the_interface_let_everything_pass() {
        Run run = Run.withServices(DoesNothing.class.getName(), Map.of(), WholeLifecycle.class, Factory.class);

        run.assertSucceeded(3);
    }

    @Test
    void without_the_extension_nothing_but_the_message_is_reported() {
        assertThat(Run.withoutExtension(WithParameters.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasNoSuppressedExceptions()
                        .hasMessageStartingWith(
                                "%s.test() asks for probes, by @ProbeMark on the method %s.test, but nothing"
                                        .formatted(WithParameters.class.getName(), WithParameters.class.getName()))
                        .hasMessageContaining("is missing from the test's class path")
                        .hasMessageContaining("<artifactId>probeunit-extension</artifactId>")
                        .hasMessageContaining("testImplementation(\"io.probeunit:probeunit-extension:"));
    }

    @Test
    void without_the_extension_every_test_of_a_run_is_named() {
        assertThat(Run.withoutExtension(TwoTests.class).failures())
                .extracting(Throwable::getMessage)
                .anySatisfy(m -> assertThat(m).contains("TwoTests.first()"))
                .anySatisfy(m -> assertThat(m).contains("TwoTests.second()"))
                .hasSize(2);
    }

    @Test
    void without_the_extension_a_factory_makes_no_tests() {
        Run run = Run.withoutExtension(Factory.class);

        assertThat(run.failures()).hasSize(1);
        assertThat(run.testsStarted()).isZero();
    }

    @Test
    void the_message_names_the_field_that_asks() {
        assertThat(Run.withoutExtension(Places.OnInstanceFieldOfSuperclass.class)
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining(
                                "by @Probed on the field " + Places.InstanceFieldBase.class.getName() + ".container"));
    }

    @Test
    void a_disabled_test_stays_skipped() {
        Run run = Run.withoutExtension(Skipped.class);

        assertThat(run.testsSkipped()).isEqualTo(1);
        assertThat(run.failures()).isEmpty();
    }

    @Test
    void several_extensions_are_listed() {
        Run run = Run.withServices(
                ReportingExtension.class.getName() + "\n" + DoesNothing.class.getName(),
                Map.of(),
                Places.OnMethod.class);

        assertThat(run.testsSucceeded()).isZero();
        assertThat(run.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("more than one")
                        .hasMessageContaining(ReportingExtension.class.getName() + " (file:")
                        .hasMessageContaining(DoesNothing.class.getName() + " (file:"));
    }

    @Test
    void one_extension_listed_twice_is_one() {
        String name = ReportingExtension.class.getName();

        Run.withServices(name + "\n" + name, Map.of(), Places.OnMethod.class).assertSucceeded(1);
    }

    @Test
    void an_extension_that_does_not_exist_is_reported() {
        assertUnusable("com.example.Gone", "com.example.Gone");
    }

    @Test
    void an_extension_of_another_type_is_reported() {
        assertUnusable(OfAnotherType.class.getName(), OfAnotherType.class.getName());
    }

    @Test
    void an_extension_that_cannot_be_made_is_reported() {
        assertUnusable(CannotBeMade.class.getName(), CannotBeMade.class.getName());
    }

    @Test
    void the_class_loader_of_the_test_comes_first() throws Exception {
        Class<?> test = new OwnCopy(
                        new Run.Services(getClass().getClassLoader(), ReportingExtension.class.getName()), Copied.class)
                .loadClass(Copied.class.getName());

        assertThat(test).isNotSameAs(Copied.class);
        assertThat(Run.withServices("com.example.Gone", Map.of(), test).testsSucceeded())
                .isEqualTo(1);
    }

    private static void assertUnusable(String service, String named) {
        Run run = Run.withServices(service, Map.of(), TwoTests.class, Places.OnStaticField.class);

        assertThat(run.testsSucceeded()).isZero();
        assertThat(run.failures())
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasMessageContaining("asks for probes, by @")
                        .hasMessageContaining("cannot be used")
                        .hasMessageContaining(named)
                        .hasMessageContaining("same version")
                        .hasCauseInstanceOf(Error.class));
    }

    /** An extension with nothing of its own. */
    public static class DoesNothing implements ProbeLifecycle {}

    /** What was an extension once, or is one of another version. */
    public static class OfAnotherType {}

    /** An extension that lacks something that it needs. */
    public static class CannotBeMade implements ProbeLifecycle {
        /** Fails. */
        public CannotBeMade() {
            throw new NoClassDefFoundError("com/example/Needed");
        }
    }

    @ExpectMark("m")
    static class WholeLifecycle {
        @BeforeEach
        void prepare() {}

        @AfterEach
        void clear() {}

        @Test
        void test() {}
    }

    static class WithParameters {
        @BeforeEach
        void prepare(ReportingExtension.Recorded recorded) {}

        @Test
        @ProbeMark("m")
        void test(ReportingExtension.Recorded recorded) {}
    }

    /** Public, since its copy is of another package as far as the JVM is concerned. */
    public static class Copied {
        @Test
        @ExpectMark("m")
        void test() {}
    }

    static class TwoTests {
        @Test
        @ExpectMark("m")
        void first() {}

        @Test
        @ExpectMark("m")
        void second() {}
    }

    static class Factory {
        @TestFactory
        @ExpectMark("m")
        Stream<DynamicTest> tests() {
            return Stream.of(DynamicTest.dynamicTest("one", () -> {}), DynamicTest.dynamicTest("two", () -> {}));
        }
    }

    static class Skipped {
        @Test
        @Disabled
        @ExpectMark("m")
        void test() {}
    }

    /** Loads one class anew, and leaves all others to its parent. */
    private static final class OwnCopy extends ClassLoader {
        private final Class<?> original;

        OwnCopy(ClassLoader parent, Class<?> original) {
            super(parent);
            this.original = original;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(original.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) {
            try (InputStream bytes = original.getResourceAsStream(name.replaceAll(".*\\.", "") + ".class")) {
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return getParent().getResources(name);
        }
    }
}
