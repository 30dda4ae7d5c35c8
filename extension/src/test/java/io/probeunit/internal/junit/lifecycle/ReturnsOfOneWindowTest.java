package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A return probe changes the stack of a program, so it is there for the windows that want it. */
class ReturnsOfOneWindowTest {

    private final FakeMachine machine = new FakeMachine();

    @Test
    void returns_are_armed_for_the_window_of_the_test_that_asks_for_them() {
        ThreeTests.armed.clear();

        Run run = machine.run(ThreeTests.class);

        run.assertSucceeded(3);
        assertThat(ThreeTests.armed)
                .containsExactly("before: ", "f", "before: f", "f f.return g.return", "before: f", "f");
    }

    @Test
    void their_probes_are_gone_before_the_next_test_begins() {
        machine.run(ThreeTests.class);

        assertThat(machine.stap.opened)
                .filteredOn(session -> session.request.points().stream()
                        .anyMatch(point -> point.name().endsWith(".return")))
                .singleElement()
                .satisfies(session -> assertThat(session.awaitedInTime).isTrue());
    }

    @Fake
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ThreeTests {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        static final List<String> armed = new ArrayList<>();

        @BeforeEach
        void before() {
            armed.add("before: " + armed());
        }

        @Test
        @Order(1)
        @ExpectFunction("f")
        void entry() {
            armed.add(armed());
            shop.call("f");
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "f", onReturn = true, times = 1)
        @ExpectFunction(value = "f", times = 2)
        @ExpectFunction(value = "g", onReturn = true, times = 0)
        @ExpectOrder({"f", "f.return"})
        void returns() {
            armed.add(armed());
            shop.call("f");
            shop.call("f.return");
            shop.call("f");
        }

        @Test
        @Order(3)
        @ExpectFunction(value = "f", times = 1)
        void entryAgain() {
            armed.add(armed());
            shop.call("f");
        }

        private static String armed() {
            return String.join(
                    " ",
                    shop.sessions.stream()
                            .flatMap(session -> session.request.points().stream())
                            .map(ProbePoint::name)
                            .sorted()
                            .toList());
        }
    }
}
