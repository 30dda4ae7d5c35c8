package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What a function may be called by, and which symbols that are. The programs themselves count. */
@Testcontainers
@Timeout(180)
class NamesOfFunctionsTest {

    private static final String CXX = "/opt/names/cxx";
    private static final String ONE = "/opt/names/one";
    private static final String TWO = "/opt/names/two";
    private static final String OLD = "/opt/names/old";
    private static final String BY_LINK = "/opt/names/by-link";
    private static final String BY_ID = "/opt/names/by-id";
    private static final String WRONG_LINK = "/opt/names/wrong-link";
    private static final String GO = "/opt/names/go";
    private static final String LIBRARY = "libshop.so.1";

    @Container
    @Probed(binary = CXX)
    static final ProgramsContainer container = new ProgramsContainer("names");

    @Test
    @ProbeFunction("shop::Cart::add")
    @ProbeFunction("shop::Cart::add(int)")
    @ProbeFunction("shop::Cart::add(const std::string &, int)")
    @ProbeFunction("_ZN4shop4Cart3addEi")
    void overloads_together_and_apart(Recording recording) {
        Answer ran = container.run(CXX, "3");
        long ints = ran.count("add_int");
        long strings = ran.count("add_string");

        assertThat(ints).isEqualTo(3);
        assertThat(strings).isEqualTo(6);
        assertThat(recording).function("shop::Cart::add").firedTimes(ints + strings);
        assertThat(recording).function("shop::Cart::add(int)").firedTimes(ints);
        assertThat(recording)
                .function("shop::Cart::add(const std::string &, int)")
                .firedTimes(strings);
        assertThat(recording).function("_ZN4shop4Cart3addEi").firedTimes(ints);
    }

    @Test
    @ProbeFunction("shop::Middle::Middle")
    @ProbeFunction("shop::Base::Base()")
    @ProbeFunction("shop::Cart::~Cart")
    @ProbeFunction("shop::Cart::operator*=")
    @ProbeFunction("shop::(anonymous namespace)::hidden")
    void constructors_destructors_operators_and_namespaces_without_name(Recording recording) {
        Answer ran = container.run(CXX, "4");

        assertThat(recording).function("shop::Middle::Middle").firedTimes(ran.count("middle"));
        assertThat(recording).function("shop::Base::Base()").firedTimes(ran.count("base"));
        assertThat(recording).function("shop::Cart::~Cart").firedTimes(ran.count("destroyed"));
        assertThat(recording).function("shop::Cart::operator*=").firedTimes(ran.count("scale"));
        assertThat(recording).function("shop::(anonymous namespace)::hidden").firedTimes(ran.count("hidden"));
    }

    @Test
    @ProbeFunction("shop::twice")
    @ProbeFunction("shop::twice<long>")
    @ProbeFunction("int shop::twice<int>(int)")
    void templates_and_their_instances(Recording recording) {
        Answer ran = container.run(CXX, "5");

        assertThat(recording).function("shop::twice").firedTimes(ran.count("twice_int") + ran.count("twice_long"));
        assertThat(recording).function("shop::twice<long>").firedTimes(ran.count("twice_long"));
        assertThat(recording).function("int shop::twice<int>(int)").firedTimes(ran.count("twice_int"));
    }

    @Test
    @ProbeFunction("shop::Cart::*")
    @ProbeFunction("shop::Cart::a*(int)")
    void globs_over_names_of_the_source(Recording recording) {
        Answer ran = container.run(CXX, "2");
        long add = ran.count("add_int") + ran.count("add_string");

        assertThat(recording)
                .function("shop::Cart::*")
                .firedTimes(add + ran.count("scale") + ran.count("cart") + ran.count("destroyed"));
        assertThat(recording).function("shop::Cart::a*(int)").firedTimes(ran.count("add_int"));
        assertThat(recording).function("shop::Cart::Cart").firedTimes(ran.count("cart"));
    }

    @Test
    @ProbeFunction(value = "reserve", binary = LIBRARY)
    @ProbeFunction(value = "reserve@SHOP_1", binary = LIBRARY)
    void of_versions_the_default_one_unless_another_is_named(Recording recording) {
        long now = container.run(ONE, "3").count("reserve");
        long then = container.run(OLD, "5").count("reserve");

        assertThat(recording).function("reserve").firedTimes(now);
        assertThat(recording).function("reserve@SHOP_1").firedTimes(then);
    }

    @Test
    @ProbeFunction(value = "order_place", binary = LIBRARY)
    @ProbeFunction(value = "order_*", binary = LIBRARY)
    void a_library_of_several_executables_and_a_function_of_two_names(Recording recording) {
        Answer one = container.run(ONE, "3");
        Answer two = container.run(TWO, "4");
        long orders =
                one.count("order_place") + one.count("order_send") + two.count("order_place") + two.count("order_send");

        assertThat(orders).isEqualTo(21);
        assertThat(recording).function("order_place").firedTimes(orders);
        assertThat(recording).function("order_*").firedTimes(orders);
    }

    @Test
    @ProbeFunction(value = "secret", binary = BY_LINK)
    @ProbeFunction(value = "secret", binary = BY_ID, onReturn = true)
    void symbols_that_were_split_from_the_program(Recording recording) {
        long byLink = container.run(BY_LINK, "3").count("secret");
        long byId = container.run(BY_ID, "4").count("secret");

        assertThat(recording).function("secret").firedTimes(byLink);
        assertThat(recording.functionReturn("secret").count()).isEqualTo(byId).isEqualTo(4);
    }

    @Test
    void what_cannot_be_meant_is_said() {
        Outcomes outcomes = Subjects.run(Refused.class);

        outcomes.failure("misspelt").contains("shop::Cart::ad", "Nearest: shop::Cart::add");
        outcomes.failure("chosenAtRunTime").contains("pick", "IFUNC");
        outcomes.failure("debugFileOfAnotherBuild")
                .contains("secret", "stripped", "wrong-link.debug does not belong to", "its checksum differs");
        outcomes.failure("returnInGo").contains("The return of main.reserve cannot be probed", "Go", "Probe the entry");
        outcomes.failure("tooMany").contains("more than the limit of 1000", "Write a narrower glob");
        outcomes.failure("versionsAreReported").contains("reserve@@SHOP_2 is probed", "not reserve@SHOP_1");
        outcomes.passed("entryInGo");
    }

    static class Refused {
        @Probed(binary = CXX)
        static final ProgramsContainer container = NamesOfFunctionsTest.container;

        @Test
        @ExpectFunction(value = "shop::Cart::ad", times = 0)
        void misspelt() {}

        @Test
        @ExpectFunction(value = "pick", binary = LIBRARY, times = 0)
        void chosenAtRunTime() {}

        @Test
        @ExpectFunction(value = "secret", binary = WRONG_LINK, times = 0)
        void debugFileOfAnotherBuild() {}

        @Test
        @ExpectFunction(value = "main.reserve", binary = GO, onReturn = true)
        void returnInGo() {}

        @Test
        @ExpectFunction(value = "main.reserve", binary = GO, times = 1)
        void entryInGo() throws Exception {
            container.execInContainer(GO);
        }

        @Test
        @ExpectFunction(value = "*", binary = "libc.so.6", times = 0)
        void tooMany() {}

        @Test
        @ExpectFunction(value = "reserve", binary = LIBRARY, times = 99)
        void versionsAreReported() {
            container.run(ONE, "3");
        }
    }
}
