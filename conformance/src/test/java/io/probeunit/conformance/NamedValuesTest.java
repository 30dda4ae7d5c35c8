package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Parameters by their names, and what they lead to. */
@Timeout(600)
@OnlyEngine("uprobe")
class NamedValuesTest {

    private static final String OPTIMISED = "/opt/t/declared5";
    private static final String PLAIN = "/opt/t/declared4";

    @Test
    void values_have_the_names_of_the_source() {
        Subjects.run(Named.class).assertSucceeded(3);
    }

    @Test
    void what_is_not_there_is_said_with_the_nearest_names() {
        Outcomes outcomes = Subjects.run(Refused.class);

        outcomes.failure("misspelt").contains("reserve has no ordr (PU1607). Nearest: order");
        outcomes.failure("noMember").contains("struct order has no custmer (PU1607). Nearest: customer");
        outcomes.failure("floating")
                .contains("$weight of reserve cannot be read: it is a floating-point number (double)");
        outcomes.failure("undeclared")
                .contains("$number of half cannot be found by its name", "has no debug information");
        outcomes.failure("onReturn").contains("$number is captured at the return of half");
        outcomes.failure("number").contains("$order->id of reserve is of type int, which is no address of text");
    }

    @Testcontainers
    static class Named {

        @Container
        @Probed(binary = OPTIMISED)
        static final ProgramsContainer container = new ProgramsContainer("stacks");

        @Test
        @ProbeFunction(
                value = "reserve",
                capture = {
                    "$order->id",
                    "$order->customer:string",
                    "$order->place.shelf",
                    "$order->place.hall:string",
                    "$order->amounts[2]",
                    "$state",
                    "$level",
                    "$urgent",
                    "$room"
                })
        @ProbeFunction(
                value = "many",
                capture = {"$f", "$on_stack", "$last"})
        void captures(Recording recording) {
            container.lines(OPTIMISED);

            assertThat(recording.function("reserve").list())
                    .extracting(Firing::captures)
                    .containsExactly(
                            order(41, "ann", 0, 0, 0, 0),
                            order(42, "bob", 1, -1, 7, 1),
                            order(43, "eve", 2, -2, -1, 0));
            assertThat(recording.function("many").list())
                    .extracting(Firing::captures)
                    .containsExactly(many(0), many(-1), many(-2));
        }

        private static Map<String, Object> order(
                long id, String customer, long shelf, long room, long state, long urgent) {
            return Map.of(
                    "$order->id",
                    id,
                    "$order->customer",
                    customer,
                    "$order->place.shelf",
                    shelf,
                    "$order->place.hall",
                    "north",
                    "$order->amounts[2]",
                    room,
                    "$state",
                    state,
                    "$level",
                    200L,
                    "$urgent",
                    urgent,
                    "$room",
                    room);
        }

        private static Map<String, Object> many(long onStack) {
            return Map.of("$f", 6L, "$on_stack", onStack, "$last", 1L << 40);
        }

        @Test
        @ExpectFunction(
                value = "reserve",
                times = 1,
                where = {"$order->id > 41", "$state == 7"})
        @ExpectFunction(value = "reserve", times = 2, where = "$order->customer:string =~ ^(ann|eve)$")
        @ExpectFunction(
                value = "many",
                times = 1,
                where = {"$on_stack == -2", "$last == 1099511627776"})
        void counts() {
            container.lines(OPTIMISED);
        }

        @Test
        @ExpectFunction(
                value = "reserve",
                binary = PLAIN,
                times = 1,
                where = {"$order->id > 41", "$state == 7"})
        @ExpectFunction(value = "half", binary = PLAIN, times = 1, where = "$number == 42")
        void countsWithoutOptimisation() {
            container.lines(PLAIN);
        }
    }

    @Testcontainers
    static class Refused {

        @Container
        @Probed(binary = OPTIMISED)
        static final ProgramsContainer container = new ProgramsContainer("stacks");

        @Test
        @ProbeFunction(value = "reserve", capture = "$ordr->id")
        void misspelt() {}

        @Test
        @ProbeFunction(value = "reserve", capture = "$order->custmer:string")
        void noMember() {}

        @Test
        @ProbeFunction(value = "reserve", capture = "$weight")
        void floating() {}

        @Test
        @ProbeFunction(value = "half", binary = "/opt/t/undeclared", capture = "$number")
        void undeclared() {}

        @Test
        @ProbeFunction(value = "half", onReturn = true, capture = "$number")
        void onReturn() {}

        @Test
        @ProbeFunction(value = "reserve", capture = "$order->id:string")
        void number() {}
    }
}
