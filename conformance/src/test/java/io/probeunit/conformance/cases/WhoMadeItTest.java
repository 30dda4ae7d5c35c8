package io.probeunit.conformance.cases;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What the language and the compiler of a function make of its values and its return. */
@Testcontainers
@Timeout(300)
class WhoMadeItTest {

    @Container
    @Probed(binary = "/opt/t/width")
    static final ProgramsContainer container = new ProgramsContainer("cases");

    @Nested
    class Values {

        @Test
        @ProbeFunction(value = "pay", binary = "/opt/t/params", capture = "arg2:s32")
        @ProbeFunction(
                value = "two",
                binary = "/opt/t/params",
                capture = {"arg1:ptr", "arg3:s32"})
        @ProbeFunction(
                value = "mixed",
                binary = "/opt/t/params",
                capture = {"arg2:string", "arg4:s64", "arg6:s16"})
        void of_cxx_are_counted_as_the_source_has_them(Recording recording) {
            assertThat(container.lines("/opt/t/params", "7").get(0)).startsWith("pay 9 two 13 ");

            assertThat(recording.function("pay").list().get(0).captures()).containsEntry("arg2", 7L);
            assertThat(recording.function("two").list().get(0).captures()).containsEntry("arg3", 7L);
            assertThat(recording.function("mixed").list().get(0).captures())
                    .containsEntry("arg2", "7")
                    .containsEntry("arg4", 7L)
                    .containsEntry("arg6", 9L);
        }

        @Test
        @ExpectFunction(value = "pay", binary = "/opt/t/params-clang", where = "arg2:s32 == 7", times = 1)
        @ExpectFunction(value = "two", binary = "/opt/t/params-clang", where = "arg3:s32 == 7", times = 1)
        @ExpectFunction(value = "pay", binary = "/opt/t/params-clang", where = "arg2:s32 == 8", times = 0)
        void of_cxx_are_compared_as_the_source_has_them() {
            container.lines("/opt/t/params-clang", "7");
        }

        @Test
        @ExpectFunction(value = "same", onReturn = true, where = "return:u8 == 1", times = 1)
        @ExpectFunction(value = "take", where = "arg1:s32 == 42", times = 1)
        void have_the_width_that_is_given() {
            assertThat(container.lines("/opt/t/width", "0x1234567", "0x10000002a"))
                    .contains("same is 1", "take(42)");
        }

        @Test
        @ProbeMark(
                value = "n:mixed",
                binary = "/opt/t/notes",
                capture = {"arg1", "arg2", "arg3"})
        @ProbeMark(value = "n:counts", binary = "/opt/t/notes", capture = "arg1")
        void of_a_note_that_mixes_operands_are_all_there(Recording recording) {
            assertThat(container.lines("/opt/t/notes", "7")).containsExactly("did mixed 7 8 9");

            assertThat(recording.mark("n:mixed").list().get(0).captures())
                    .containsEntry("arg1", 7L)
                    .containsEntry("arg2", 8L)
                    .containsEntry("arg3", 9L);
            assertThat(recording).mark("n:counts").firedTimes(2);
        }

        @Test
        void that_are_not_known_are_refused() {
            Outcomes outcomes = Subjects.run(Refused.class);

            outcomes.failure("untypedReturn").contains("Write \"return:s32 == 1\" for an int");
            outcomes.failure("untypedArgument").contains("Write \"arg1:s32 == 42\" for an int");
            outcomes.failure("cloneOfGcc").contains("arg2 of reserve cannot be read", "reserve.constprop.0.isra.0");
            outcomes.failure("returnOfClone").contains("return of reserve cannot be read");
            outcomes.failure("part").contains("reserve.part.0", "a clone");
            outcomes.failure("go").contains("arg1 of main.reserve cannot be read: Go made it");
            outcomes.failure("floating").contains("arg1 of pay(double, int) cannot be read", "floating-point");
            outcomes.failure("structure").contains("by value");
            outcomes.failure("strippedVariable").contains("the file is stripped", "state");
            outcomes.failure("intel").contains("Intel syntax");
            outcomes.failure("folded").contains("two notes of the mark are at one address");
            outcomes.failure("notAtAllPlaces").contains("arg2 is not at all sites of mark n:counts");
        }

        @Test
        void that_may_be_others_are_in_doubt() {
            Outcomes outcomes = Subjects.run(Doubted.class);

            outcomes.failure("cloneOfClang").contains("inconclusive", "static", "Clang");
            outcomes.failure("member").contains("inconclusive", "\"this\"");
            outcomes.failure("namespace").contains("inconclusive", "\"this\"");
            outcomes.failure("floatingInC").contains("inconclusive", "pay", "floating-point number");
            outcomes.failure("structureOfC").contains("inconclusive", "make", "structure");
            outcomes.failure("partOnly").contains("inconclusive", "reserve.part.0", "-fno-partial-inlining");
            outcomes.failure("foldedMarks").contains("inconclusive", "p:alpha is at the same address as p:beta");
            outcomes.failure("largeNumberInC").contains("inconclusive", "two", "128 bits");
            outcomes.failure("destructorOfALibrary")
                    .contains("inconclusive", "_ZN4CartD0Ev frees the memory and may call _ZN4CartD");
            outcomes.failure("firingsOfIt").contains("inconclusive", "one destruction can cause two firings");
            outcomes.passed("neverCalled");
        }

        @Test
        void that_the_code_shows_to_be_elsewhere_are_in_doubt() {
            Outcomes outcomes = Subjects.run(Shown.class);

            outcomes.failure("passedOn").contains("inconclusive", "noted", "takes a floating-point number");
            outcomes.failure("ofAvx").contains("inconclusive", "noted", "takes a floating-point number");
            outcomes.failure("onTheStack")
                    .contains("2 of 2", "longer", "large", "a structure by value or a long double");
            outcomes.failure("filled")
                    .contains("2 of 2", "made", "fills a structure", "the address in its first argument");
            outcomes.failure("floatingReturn").contains("inconclusive", "half", "ends with a floating-point number");
            outcomes.failure("leftOut").contains("inconclusive", "unused", "Clang does not pass arguments");
            outcomes.failure("stringOfGxx").contains("2 of 2", "label", "row", "returns its first argument");
            outcomes.failure("stringOfClang").contains("2 of 2", "label", "row", "returns its first argument");
            outcomes.failure("narrow").contains("arg1 of take(int) is of type int", "write arg1:s32");
            outcomes.failure("instanceOfGo")
                    .contains("inconclusive", "main.list[int].Len only calls the instance", "main.list.Len");
        }

        @Test
        void of_ordinary_functions_are_sure() {
            Subjects.run(Ordinary.class, OrdinaryOfClang.class).assertSucceeded(5);
        }
    }

    @Nested
    class Returns {

        @Test
        void of_runtimes_with_stacks_of_their_own_are_refused() {
            Outcomes outcomes = Subjects.run(RefusedReturns.class);

            outcomes.failure("go").contains("The return of main.reserve cannot be probed, since Go made it");
            outcomes.failure("ocaml").contains("cannot be probed, since OCaml made it");
            outcomes.failure("contexts")
                    .contains("The return of f cannot be probed, since its program switches stacks");
            outcomes.failure("ownSwitch").contains("switches stacks (the file has shop_swapcontext)");
        }

        @Test
        void of_programs_with_exceptions_have_a_note() {
            Subjects.run(Exceptions.class)
                    .failure("never")
                    .contains("Note: ", "The return of price is probed, and its program has exceptions or panics");
        }

        @Test
        @ExpectFunction(value = "main.reserve", binary = "/opt/t/go-stack", times = 1)
        @ExpectFunction(value = "f", binary = "/opt/t/switch", times = 2)
        @ExpectFunction(value = "f", binary = "/opt/t/coroutines", times = 2)
        void are_refused_where_entries_work() {
            assertThat(container.lines("/opt/t/go-stack", "1").get(0)).contains("reserve 7 3");
            assertThat(container.lines("/opt/t/switch")).containsExactly("ret 0", "ret 10", "end");
            assertThat(container.lines("/opt/t/coroutines")).contains("did 2");
        }
    }

    static class Refused {
        @Probed(binary = "/opt/t/width")
        static final ProgramsContainer container = WhoMadeItTest.container;

        @Test
        @ExpectFunction(value = "same", onReturn = true, where = "return == 1", times = 0)
        void untypedReturn() {}

        @Test
        @ExpectFunction(value = "take", where = "arg1 == 42", times = 0)
        void untypedArgument() {}

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/clone-gcc", where = "arg2:s32 == 42", times = 0)
        void cloneOfGcc() {}

        @Test
        @ExpectFunction(
                value = "reserve",
                binary = "/opt/t/clone-gcc",
                onReturn = true,
                where = "return:s32 == 42",
                times = 0)
        void returnOfClone() {}

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/part", where = "arg1:s32 == 2", times = 0)
        void part() {}

        @Test
        @ExpectFunction(value = "main.reserve", binary = "/opt/t/go-stack", where = "arg1:s64 == 7", times = 0)
        void go() {}

        @Test
        @ExpectFunction(value = "pay", binary = "/opt/t/params", where = "arg1:s64 == 2", times = 0)
        void floating() {}

        @Test
        @ExpectFunction(value = "byval", binary = "/opt/t/params", where = "arg2:s32 == 7", times = 0)
        void structure() {}

        @Test
        @ExpectMark(value = "t:m", binary = "/opt/t/libstate.so", where = "arg1 == 111", times = 0)
        void strippedVariable() {}

        @Test
        @ExpectMark(value = "n:reg", binary = "/opt/t/notes-intel", where = "arg1 == 7", times = 0)
        void intel() {}

        @Test
        @ExpectMark(value = "p:state", binary = "/opt/t/foldmarks", where = "arg1 == 2", times = 0)
        void folded() {}

        @Test
        @ExpectMark(value = "n:counts", binary = "/opt/t/notes", where = "arg2 == 2", times = 0)
        void notAtAllPlaces() {}
    }

    static class Doubted {
        @Probed(binary = "/opt/t/width")
        static final ProgramsContainer container = WhoMadeItTest.container;

        /** Three carts, and five firings. */
        @Test
        @ExpectFunction(value = "Cart::~Cart", binary = "/opt/t/libcart.so", times = 3)
        void destructorOfALibrary() {
            assertThat(container.lines("/opt/t/cart")).hasSize(3);
        }

        @Test
        @ExpectFunction(value = "Cart::~Cart", binary = "/opt/t/libcart.so", times = 5)
        void firingsOfIt() {
            container.lines("/opt/t/cart");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/clone-clang", where = "arg2:s32 == 42", times = 0)
        void cloneOfClang() {
            assertThat(container.lines("/opt/t/clone-clang")).containsExactly("reserve(1, 7)", "reserve(1, 42)");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/clone-clang", where = "arg2:s32 == 42", times = 0)
        void neverCalled() {}

        @Test
        @ExpectFunction(value = "Cart::add", binary = "/opt/t/params", where = "arg1:s32 == 7", times = 0)
        void member() {
            container.lines("/opt/t/params", "7");
        }

        @Test
        @ExpectFunction(value = "shop::reserve", binary = "/opt/t/params-clang", where = "arg1:s32 == 7", times = 0)
        void namespace() {
            container.lines("/opt/t/params-clang", "7");
        }

        @Test
        @ExpectFunction(value = "pay", binary = "/opt/t/fp", where = "arg2:s32 == 7", times = 0)
        void floatingInC() {
            container.lines("/opt/t/fp");
        }

        @Test
        @ExpectFunction(value = "make", binary = "/opt/t/fp", where = "arg1:s32 == 8", times = 0)
        void structureOfC() {
            container.lines("/opt/t/fp");
        }

        @Test
        @ExpectFunction(value = "two", binary = "/opt/t/fp", where = "arg3:s32 == 9", times = 0)
        void largeNumberInC() {
            container.lines("/opt/t/fp");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/part", times = 2)
        void partOnly() {
            // three calls, of which the last ends in the beginning that was copied into its caller
            assertThat(container.lines("/opt/t/part", "-1"))
                    .filteredOn(line -> line.startsWith("reserved"))
                    .hasSize(2);
        }

        @Test
        @ExpectMark(value = "p:alpha", binary = "/opt/t/foldmarks", times = 1)
        void foldedMarks() {
            assertThat(container.lines("/opt/t/foldmarks")).containsExactly("state 1,2,2; alpha 1; beta 3");
        }
    }

    static class Shown {
        @Probed(binary = "/opt/t/values-gcc")
        static final ProgramsContainer container = WhoMadeItTest.container;

        private static void seven(String program) {
            assertThat(container.lines(program, "7")).anyMatch(line -> line.startsWith("end"));
        }

        @Test
        @ExpectFunction(value = "noted", where = "arg2:s32 == 7", times = 0)
        void passedOn() {
            seven("/opt/t/values-gcc");
        }

        @Test
        @ExpectFunction(value = "noted", binary = "/opt/t/values-avx", where = "arg2:s32 == 7", times = 0)
        void ofAvx() {
            seven("/opt/t/values-avx");
        }

        @Test
        @ExpectFunction(value = "longer", where = "arg2:s32 == 7", times = 0)
        @ExpectFunction(value = "large", where = "arg2:s32 == 7", times = 0)
        void onTheStack() {
            seven("/opt/t/values-gcc");
        }

        @Test
        @ExpectFunction(value = "made", where = "arg1:s32 == 7", times = 0)
        @ExpectFunction(value = "made", onReturn = true, where = "return:s64 == 7", times = 0)
        void filled() {
            seven("/opt/t/values-gcc");
        }

        @Test
        @ExpectFunction(value = "half", onReturn = true, where = "return:s64 == 3", times = 0)
        void floatingReturn() {
            seven("/opt/t/values-gcc");
        }

        @Test
        @ExpectFunction(value = "unused", binary = "/opt/t/values-clang", where = "arg1:s32 == 3", times = 0)
        void leftOut() {
            seven("/opt/t/values-clang");
        }

        @Test
        @ExpectFunction(value = "label", binary = "/opt/t/values-gxx", where = "arg1:s32 == 7", times = 0)
        @ExpectFunction(value = "row", binary = "/opt/t/values-gxx", where = "arg1:s32 == 7", times = 0)
        void stringOfGxx() {
            seven("/opt/t/values-gxx");
        }

        @Test
        @ExpectFunction(value = "label", binary = "/opt/t/values-clangxx", where = "arg1:s32 == 7", times = 0)
        @ExpectFunction(value = "row", binary = "/opt/t/values-clangxx", where = "arg1:s32 == 7", times = 0)
        void stringOfClang() {
            seven("/opt/t/values-clangxx");
        }

        @Test
        @ExpectFunction(value = "take", binary = "/opt/t/values-gxx", where = "arg1:s64 == -7", times = 0)
        void narrow() {
            seven("/opt/t/values-gxx");
        }

        @Test
        @ExpectFunction(value = "main.list[int].Len", binary = "/opt/t/go-lens", times = 1)
        void instanceOfGo() {
            assertThat(container.lines("/opt/t/go-lens"))
                    .containsExactly("Len called 4 times, 3 of them of list[int]: 6");
        }
    }

    static class Ordinary {
        @Probed(binary = "/opt/t/values-gcc")
        static final ProgramsContainer container = WhoMadeItTest.container;

        @Test
        @ExpectFunction(
                value = "plain",
                where = {"arg1:s32 == 7", "arg2:string == seven", "arg3:s64 == -7"},
                times = 1)
        @ExpectFunction(
                value = "unused",
                where = {"arg1:s32 == 3", "arg2:s32 == 7"},
                times = 1)
        @ExpectFunction(value = "plain", onReturn = true, where = "return:s32 > 10", times = 1)
        @ExpectFunction(value = "first", binary = "/opt/t/values-gxx", where = "arg2:s32 == 7", times = 1)
        @ExpectFunction(value = "take", binary = "/opt/t/values-gxx", where = "arg1:s32 == -7", times = 1)
        void values() {
            Shown.seven("/opt/t/values-gcc");
            Shown.seven("/opt/t/values-gxx");
        }

        @Test
        @ExpectFunction(value = "Cart::~Cart", binary = "/opt/t/values-gxx", times = 2)
        @ExpectFunction(value = "Cart::~Cart", binary = "/opt/t/values-clangxx", times = 2)
        void destructors() {
            assertThat(container.lines("/opt/t/values-gxx", "7"))
                    .filteredOn("emptied 0"::equals)
                    .hasSize(2);
            container.lines("/opt/t/values-clangxx", "7");
        }

        /** By their mangled names they are exact: two carts are deleted, and each deletion calls the other destructor. */
        @Test
        @ExpectFunction(value = "_ZN4CartD0Ev", binary = "/opt/t/libcart.so", times = 2)
        @ExpectFunction(value = "_ZN4CartD1Ev", binary = "/opt/t/libcart.so", times = 3)
        @ExpectFunction(value = "Cart::~Cart", binary = "/opt/t/libcart.so", atLeast = 1, atMost = 5)
        void destructorsOfALibrary() {
            assertThat(container.lines("/opt/t/cart")).hasSize(3);
        }

        @Test
        @ExpectFunction(value = "main.list.Len", binary = "/opt/t/go-lens", times = 4)
        @ExpectFunction(value = "main.*list*", binary = "/opt/t/go-lens", times = 4)
        void instances() {
            container.lines("/opt/t/go-lens");
        }
    }

    static class OrdinaryOfClang {
        @Probed(binary = "/opt/t/values-clang")
        static final ProgramsContainer container = WhoMadeItTest.container;

        @Test
        @ExpectFunction(
                value = "plain",
                where = {"arg1:s32 == 7", "arg2:string == seven", "arg3:s64 == -7"},
                times = 1)
        @ExpectFunction(value = "unused", where = "arg2:s32 == 7", times = 1)
        @ExpectFunction(value = "first", binary = "/opt/t/values-clangxx", where = "arg2:s32 == 7", times = 1)
        @ExpectFunction(value = "take", binary = "/opt/t/values-clangxx", where = "arg1:s32 == -7", times = 1)
        void values() {
            Shown.seven("/opt/t/values-clang");
            Shown.seven("/opt/t/values-clangxx");
        }
    }

    static class RefusedReturns {
        @Probed(binary = "/opt/t/width")
        static final ProgramsContainer container = WhoMadeItTest.container;

        @Test
        @ExpectFunction(value = "main.reserve", binary = "/opt/t/go-stack", onReturn = true)
        void go() {}

        @Test
        @ExpectFunction(value = "caml*__work_*", binary = "/opt/t/ocaml", onReturn = true)
        void ocaml() {}

        @Test
        @ExpectFunction(value = "f", binary = "/opt/t/coroutines", onReturn = true)
        void contexts() {}

        @Test
        @ExpectFunction(value = "f", binary = "/opt/t/switch", onReturn = true)
        void ownSwitch() {}
    }

    static class Exceptions {
        @Probed(binary = "/opt/t/throws")
        static final ProgramsContainer container = WhoMadeItTest.container;

        @Test
        @ExpectFunction(value = "price", onReturn = true, times = 0)
        void never() {
            assertThat(container.lines("/opt/t/throws", "pear")).contains("end");
        }
    }
}
