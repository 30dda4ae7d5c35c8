package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** Names that must have fired in an order. */
class OrderTest {

    private final FakeMachine machine = new FakeMachine();

    @Test
    void an_order_is_met_or_not() {
        Run run = machine.run(Orders.class);

        assertThat(run.tests())
                .containsEntry("met()", org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL)
                .containsEntry("ofClassAndMethod()", org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL);
        assertThat(run.end("theOtherWayRound()").orElseThrow())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(
                        "1) @ExpectOrder({\"f\", \"p:m\"}) on OrderTest.Orders.theOtherWayRound()\n   expected:  f, then p:m\n")
                .hasMessageContaining("then no p:m after that");
        assertThat(run.end("twoOrders()").orElseThrow())
                .hasMessageStartingWith("2 of 4 expectations were not met")
                .hasMessageContaining("1) @ExpectFunction(\"h\")")
                .hasMessageContaining("2) @ExpectOrder({\"g\", \"f\"})");
        assertThat(run.entries()).anySatisfy(e -> assertThat(e).containsEntry("probeunit.verdict", "unmet"));
    }

    @Fake
    @ExpectOrder({"f", "g"})
    static class Orders {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ProbeFunction("f")
        @ProbeFunction("g")
        void met() {
            shop.call("f");
            shop.call("g");
        }

        @Test
        @ProbeFunction("*")
        @ProbeMark("m")
        @ExpectOrder({"f", "m", "f", "g"})
        void ofClassAndMethod() {
            shop.call("f");
            shop.call("p:m");
            shop.call("f");
            shop.call("g");
        }

        @Test
        @ProbeFunction("f")
        @ProbeMark("p:m")
        @ExpectOrder({"f", "p:m"})
        void theOtherWayRound() {
            shop.call("p:m");
            shop.call("f");
            shop.call("g");
        }

        @Test
        @ExpectFunction("f")
        @ExpectFunction("h")
        @ExpectOrder({"g", "f"})
        void twoOrders() {
            shop.call("f");
            shop.call("g");
        }
    }

    @Test
    void names_that_nothing_else_probes_are_probed() {
        Run run = machine.run(Alone.class);

        run.assertSucceeded(1);
        assertThat(machine.stap.armed()).containsExactly(List.of("f", "p:m"), List.of("f.return"));
    }

    @Fake
    static class Alone {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectOrder({"f", "p:m", "f.return"})
        @ExpectOrder({"f", "f.return"})
        void test() {
            shop.call("f");
            shop.call("p:m");
            shop.call("f.return");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Wrong.One.class,
                Wrong.None.class,
                Wrong.Empty.class,
                Wrong.HalfAName.class,
                Wrong.Misspelt.class,
                Wrong.WhichContainer.class
            })
    void what_is_no_order_is_an_error_before_anything_is_armed(Class<?> wrong) {
        assertThat(machine.run(wrong).failure())
                .isNotInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("@ExpectOrder(")
                .hasMessageContaining(" on OrderTest.Wrong." + wrong.getSimpleName() + ".test()")
                .hasMessageContaining(MESSAGES.get(wrong));
        assertThat(machine.stap.opened).isEmpty();
    }

    private static final Map<Class<?>, String> MESSAGES = Map.of(
            Wrong.One.class, "needs two names",
            Wrong.None.class, "needs two names",
            Wrong.Empty.class, "The name is empty",
            Wrong.HalfAName.class, "\"p:\" is not understood",
            Wrong.Misspelt.class, ", where no other annotation probes \"ff\": no function ff",
            Wrong.WhichContainer.class, "where no other annotation probes \"g\": the test has 2 targets");

    static class Wrong {
        @Fake
        static class One {
            @Test
            @ExpectOrder("f")
            void test() {}
        }

        @Fake
        static class None {
            @Test
            @ExpectOrder({})
            void test() {}
        }

        @Fake
        static class Empty {
            @Test
            @ExpectOrder({"f", ""})
            void test() {}
        }

        @Fake
        static class HalfAName {
            @Test
            @ExpectOrder({"f", "p:"})
            void test() {}
        }

        @Fake
        static class Misspelt {
            @Probed
            static final FakeContainer shop = new FakeContainer();

            @Test
            @ExpectOrder({"f", "ff"})
            void test() {}
        }

        @Fake
        static class WhichContainer {
            @Probed
            static final FakeContainer shop = new FakeContainer();

            @Probed
            static final FakeContainer db = new FakeContainer();

            @Test
            @ProbeFunction(value = "f", container = "db")
            @ExpectOrder({"f", "g"})
            void test() {}
        }
    }

    /** Only once the glob is resolved it is known that {@code hh} is not among its functions. */
    @Test
    void a_name_that_a_glob_could_mean_and_does_not_is_an_error_before_the_test_runs() {
        assertThat(machine.run(NotInGlob.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("@ExpectOrder({\"f\", \"hh\"}) on OrderTest.NotInGlob.test(): ")
                .hasMessageContaining("Did you mean h");
        assertThat(NotInGlob.ran).isFalse();
    }

    @Fake
    static class NotInGlob {
        static boolean ran;

        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ProbeFunction("*")
        @ExpectOrder({"f", "hh"})
        void test() {
            ran = true;
        }
    }
}
