package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds how tests are named in all modules, as CONTRIBUTING.md says: those of ProbeUnit, and those that users would write. */
class NamesOfTestsTest {

    /** Their tests are written as users write them. */
    private static final Set<String> OF_USERS = Set.of("examples", "compatibility");

    private static final String SENTENCE = "[a-z0-9]+(_[a-z0-9]+)*";
    private static final String CAMEL_CASE = "[a-z][A-Za-z0-9]*";

    private static List<TestClass> classes = List.of();

    @BeforeAll
    static void read() throws IOException {
        classes = TestClass.all().stream().filter(one -> !one.tests().isEmpty()).toList();
    }

    @Test
    void tests_of_probeunit_are_in_snake_case() {
        assertThat(names(one -> !isOfUsers(one)))
                .hasSizeGreaterThan(1000)
                .filteredOn(name -> !name.matches(".*#" + SENTENCE))
                .isEmpty();
    }

    @Test
    void tests_that_users_would_write_and_those_that_tests_run_are_in_camel_case() {
        assertThat(names(NamesOfTestsTest::isOfUsers))
                .hasSizeGreaterThan(300)
                .filteredOn(name -> !name.matches(".*#" + CAMEL_CASE))
                .isEmpty();
    }

    /** Surefire looks for no others. */
    @Test
    void their_classes_are_called_tests() {
        assertThat(classes)
                .filteredOn(TestClass::runs)
                .extracting(TestClass::name)
                .hasSizeGreaterThan(200)
                // run by its name, with -Pbench
                .filteredOn(name -> !name.endsWith("Test") && !name.equals("Benchmarks"))
                .isEmpty();
    }

    private static boolean isOfUsers(TestClass one) {
        return one.subject() || OF_USERS.contains(one.module());
    }

    private static Stream<String> names(Predicate<TestClass> some) {
        return classes.stream()
                .filter(some)
                .flatMap(one -> one.tests().stream().map(test -> one.module() + ": " + one.name() + "#" + test));
    }
}
