package io.probeunit.conformance.cases;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import io.probeunit.conformance.kit.Subjects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Names that are not those of one function: of several that share their code, of clones, of labels, of instances. */
@Testcontainers
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesTest {

    @Container
    @Probed(binary = "/opt/t/icf")
    static final ProgramsContainer container = new ProgramsContainer("cases");

    private Outcomes outcomes;

    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Expectations.class);
        }
        return outcomes;
    }

    @Test
    void counts_that_are_right_pass() {
        outcomes()
                .passed(
                        "neverIsSure",
                        "bothByAGlob",
                        "numbered",
                        "labels",
                        "miniDebugInformation",
                        "instancesOfGo",
                        "instancesOfATemplate",
                        "manySections",
                        "noSections",
                        "aliasesOfTheCLibrary");
    }

    @Test
    void what_shares_its_code_is_in_doubt() {
        for (String test : new String[] {"folded", "foldedOnReturn", "foldedByLld", "foldedDestructor"}) {
            outcomes().failure(test).contains("inconclusive", "share one address");
        }
        outcomes().failure("folded").contains("order_total and cart_total", "--icf");
        outcomes().failure("foldedDestructor").contains("shop::Order::~Order()");
    }

    @Test
    void a_label_of_one_file_is_in_doubt() {
        outcomes().failure("labelOfOneFile").contains("inconclusive", "a label that only its source file knows");
    }

    @Test
    void what_is_not_there_is_told_in_the_programs_language() {
        outcomes().failure("wrongInstance").contains("main.Map[go.shape.int_0]", "types that look alike");
        outcomes().failure("notInGo").contains("//go:noinline").doesNotContain("__attribute__");
    }

    static class Expectations {
        @Probed(binary = "/opt/t/icf")
        static final ProgramsContainer container = NamesTest.container;

        private static void run(String expected, String... command) {
            Assertions.assertThat(container.lines(command)).last().asString().contains(expected);
        }

        @Test
        @ExpectFunction(value = "order_total", times = 0)
        @ExpectFunction(value = "cart_total", times = 0)
        void neverIsSure() {
            run("cart 0 order 0", "/opt/t/icf", "0", "0");
        }

        @Test
        @ExpectFunction(value = "order_total", times = 1)
        void folded() {
            run("cart 1 order 0", "/opt/t/icf", "1", "0");
        }

        @Test
        @ExpectFunction(value = "order_total", times = 1, onReturn = true)
        void foldedOnReturn() {
            run("cart 1 order 0", "/opt/t/icf", "1", "0");
        }

        @Test
        @ExpectFunction(value = "*_total", times = 3)
        void bothByAGlob() {
            run("cart 1 order 2", "/opt/t/icf", "1", "2");
        }

        @Test
        @ExpectFunction(value = "shop::Box<int>::get", binary = "/opt/t/fold-lld", times = 2)
        void foldedByLld() {
            run("int 1 unsigned 1", "/opt/t/fold-lld", "1", "1");
        }

        @Test
        @ExpectFunction(value = "shop::Cart::~Cart", binary = "/opt/t/fold-lld", times = 0)
        void foldedDestructor() {
            run("int 0 unsigned 2", "/opt/t/fold-lld", "0", "2");
        }

        @Test
        @ExpectFunction(value = "shop::Box::get", binary = "/opt/t/fold-lld", times = 3)
        void instancesOfATemplate() {
            run("int 1 unsigned 2", "/opt/t/fold-lld", "1", "2");
        }

        @Test
        @ExpectFunction(value = "f", binary = "/opt/t/lto", times = 8)
        @ExpectFunction(value = "f.[0-9]", binary = "/opt/t/lto", times = 5)
        void numbered() {
            run("f 3 and 5 times", "/opt/t/lto");
        }

        @Test
        @ExpectFunction(value = "fast_sum", binary = "/opt/t/asm", times = 4)
        @ExpectFunction(value = "plain_sum", binary = "/opt/t/asm", times = 4)
        @ExpectFunction(value = "*_sum", binary = "/opt/t/asm", times = 12)
        void labels() {
            run("did 4 each", "/opt/t/asm");
        }

        @Test
        @ExpectFunction(value = "rounds", binary = "/opt/t/asmloop", times = 2)
        void labelOfOneFile() {
            run("did 2 of 5 rounds", "/opt/t/asmloop");
        }

        @Test
        @ExpectFunction(value = "static_one", binary = "/opt/t/dd", times = 3)
        void miniDebugInformation() {
            run("did 3", "/opt/t/dd");
        }

        @Test
        @ExpectFunction(value = "late", binary = "/opt/t/manysections", times = 3)
        @ExpectFunction(value = "f65999", binary = "/opt/t/manysections", times = 2)
        void manySections() {
            run("did late 3 last 2", "/opt/t/manysections");
        }

        @Test
        @ExpectFunction(value = "exported_two", binary = "/opt/t/nosections", times = 3)
        void noSections() {
            run("did 3", "/opt/t/nosections");
        }

        @Test
        @ExpectFunction(value = "main.Map", binary = "/opt/t/go-generics", times = 2)
        @ExpectFunction(value = "main.(*Cart).Add", binary = "/opt/t/go-generics", times = 1)
        @ExpectFunction(value = "main.Map[go.shape.int_0]", binary = "/opt/t/go-generics", times = 1)
        void instancesOfGo() {
            go();
        }

        @Test
        @ExpectFunction(value = "main.Map[int]", binary = "/opt/t/go-generics", times = 1)
        void wrongInstance() {
            go();
        }

        @Test
        @ExpectFunction(value = "main.reservedStock", binary = "/opt/t/go-generics", times = 0)
        void notInGo() {
            go();
        }

        @Test
        @ExpectFunction(value = "write", binary = "libc.so.6", atLeast = 1, atMost = 100)
        @ExpectFunction(value = "free", binary = "libc.so.6", atLeast = 0, atMost = 100_000)
        void aliasesOfTheCLibrary() {
            run("did 4 each", "/opt/t/asm");
        }

        private static void go() {
            try (ServingProgram program = container.start("/opt/t/go-generics")) {
                program.ask("once");
            }
        }
    }
}
