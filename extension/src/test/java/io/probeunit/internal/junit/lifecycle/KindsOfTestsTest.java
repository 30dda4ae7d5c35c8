package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** Whatever JUnit calls a test has a window of its own, with exactly what fired in it. */
class KindsOfTestsTest {

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    private final FakeMachine machine = new FakeMachine();

    @Test
    void nested_classes_of_several_levels() {
        assertAllPass(3, WithNested.class);
    }

    @Fake
    @ExpectFunction(value = "f", times = 1)
    static class WithNested {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void outer() {
            shop.call("f");
        }

        @Nested
        @ExpectFunction(value = "g", times = 2)
        class Middle {
            @Test
            void middle() {
                fire();
            }

            @Nested
            class Inner {
                @Test
                @ExpectFunction(value = "h", times = 1)
                void inner() {
                    fire();
                    shop.call("h");
                }
            }

            void fire() {
                shop.call("f");
                shop.call("g");
                shop.call("g");
            }
        }
    }

    @Test
    void one_instance_for_the_whole_class() {
        assertAllPass(3, OneInstance.class);
        // the container is one for all tests, but in a field of the instance
        assertThat(machine.stap.opened).isNotEmpty().allMatch(session -> session.closed);
    }

    @Fake
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        @Probed
        private FakeContainer shop;

        @BeforeAll
        void start() {
            shop = new FakeContainer();
        }

        @AfterAll
        void stop() {
            shop.stop();
        }

        @RepeatedTest(2)
        @ExpectFunction(value = "f", times = 1)
        void first() {
            shop.call("f");
        }

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Inner {
            @Test
            @ExpectFunction(value = "f", times = 2)
            void second() {
                shop.call("f");
                shop.call("f");
            }
        }
    }

    @Test
    void each_invocation_of_a_parameterized_test() {
        Run run = machine.run(Parameterized.class);

        assertThat(run.succeeded()).isEqualTo(3);
        assertThat(run.failed()).isEqualTo(1);
        assertThat(run.failure()).isInstanceOf(AssertionFailedError.class).hasMessageContaining("f  2 times");
        assertThat(run.entries()).hasSize(4);
    }

    @Fake
    static class Parameterized {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @ParameterizedTest
        @CsvSource({"1, a", "2, b", "1, c", "1, d"})
        @ExpectFunction(value = "f", times = 1)
        void test(int times, String ignored, Recording recording) {
            assertThat(recording.function("f").count()).isZero();
            for (int i = 0; i < times; i++) {
                shop.call("f");
            }
        }
    }

    @Test
    void each_test_of_each_invocation_of_a_parameterized_class() {
        assertAllPass(4, OfParameters.class);
    }

    @Fake
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class OfParameters {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Parameter
        int times;

        @RepeatedTest(2)
        @ProbeFunction("f")
        void test(Recording recording) {
            for (int i = 0; i < times; i++) {
                shop.call("f");
            }
            assertThat(recording.function("f").count()).isEqualTo(times);
        }
    }

    /** JUnit prepares a factory once for all its tests, and so it has one window. */
    @Test
    void a_factory_with_all_its_tests() {
        Run run = machine.run(Factories.class);

        assertThat(run.end("unmet()").orElseThrow()).hasMessageContaining("f  1 time");
        assertThat(run.tests()).containsEntry("one", org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL);
        assertThat(run.entries()).hasSize(2);
    }

    @Test
    @Timeout(60)
    void a_factory_with_all_its_tests_at_once() {
        Run run = machine.run(PARALLEL, Factories.class);

        assertThat(run.end("met(Recording)")).isEmpty();
        assertThat(run.end("unmet()").orElseThrow()).isInstanceOf(AssertionFailedError.class);
    }

    @Fake
    static class Factories {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        void before() {
            shop.call("f");
        }

        @TestFactory
        @ExpectFunction(value = "f", times = 3)
        Stream<DynamicNode> met(Recording recording) {
            shop.call("f");
            return Stream.of(
                    dynamicTest("first", () -> shop.call("f")),
                    dynamicContainer("inside", List.of(dynamicTest("second", () -> {
                        shop.call("f");
                        assertThat(recording.function("f").count()).isBetween(2L, 3L);
                    }))));
        }

        @TestFactory
        @ExpectFunction(value = "f", times = 2)
        List<DynamicNode> unmet() {
            return List.of(dynamicTest("one", () -> shop.call("f")));
        }
    }

    @Test
    void each_invocation_of_a_template() {
        assertAllPass(2, Templates.class);
    }

    @Fake
    static class Templates {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @TestTemplate
        @ExtendWith(TwoWords.class)
        @ExpectFunction(value = "f", times = 1)
        void test(String word) {
            assertThat(word).isNotEmpty();
            shop.call("f");
        }
    }

    static final class TwoWords implements TestTemplateInvocationContextProvider {
        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of("one", "two").map(Word::new);
        }

        private record Word(String word) implements TestTemplateInvocationContext, ParameterResolver {
            @Override
            public List<Extension> getAdditionalExtensions() {
                return List.of(this);
            }

            @Override
            public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
                return parameter.getParameter().getType() == String.class;
            }

            @Override
            public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
                return word;
            }
        }
    }

    @Test
    void in_whatever_order() {
        Run run = machine.run(Ordered.class);

        run.assertSucceeded(2);
        assertThat(run.tests().keySet()).containsExactly("last()", "first()");
        assertThat(machine.stap.opened).hasSize(1);
    }

    @Fake
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Ordered {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @Order(2)
        @ExpectFunction(value = "f", times = 2)
        @ExpectFunction(value = "g", times = 0)
        void first() {
            shop.call("f");
            shop.call("f");
        }

        @Test
        @Order(1)
        @ExpectFunction(value = "g", times = 1)
        @ExpectFunction(value = "f", times = 0)
        void last() {
            shop.call("g");
        }
    }

    /** The compiler gives such a class a bridge with the annotations of the method. */
    @Test
    void a_test_that_a_public_class_inherits_from_a_package_private_one_counts_once() {
        Run run = machine.run(PublicHeir.class);

        run.assertSucceeded(2);
        assertThat(run.entries()).hasSize(2);
    }

    abstract static class Contract<T> {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        abstract T given();

        @Test
        @ExpectFunction(value = "f", times = 1)
        public void inherited() {
            assertThat(given()).isNotNull();
            shop.call("f");
        }

        @ExpectFunction(value = "g", times = 1)
        void overridden(T parameter) {}
    }

    @Fake
    public static class PublicHeir extends Contract<Recording> {
        @Override
        Recording given() {
            return (Recording) java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Recording.class}, (proxy, method, arguments) -> null);
        }

        @Test
        @Override
        @ExpectFunction(value = "f", times = 1)
        void overridden(Recording recording) {
            shop.call("f");
            shop.call("g");
            assertThat(recording.function("g").count()).isEqualTo(1);
        }
    }

    interface DefaultTests {
        FakeContainer shop();

        @Test
        @ExpectFunction(value = "f", times = 1, container = "shop")
        default void test() {
            shop().call("f");
        }
    }

    @Test
    void records_and_tests_of_interfaces() {
        assertAllPass(2, ARecord.class);
    }

    @Fake
    record ARecord() implements DefaultTests {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Override
        public FakeContainer shop() {
            return shop;
        }

        @Test
        @ExpectFunction(value = "f", times = 0)
        void own() {
            shop.call("g");
        }
    }

    private void assertAllPass(int tests, Class<?> testClass) {
        Run run = machine.run(testClass);

        run.assertSucceeded(tests);
        assertThat(run.entries())
                .hasSize(tests)
                .allSatisfy(entry -> assertThat(entry).containsEntry("probeunit.verdict", "met"));
    }
}
