package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectCoverage;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeCoverage;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Which marks and functions fire in the tests of a class; the program itself says what it ran. */
@Tag("host")
@Tag("remote")
@Testcontainers
@Timeout(120)
class CoverageTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    private static final Pattern POINTS = Pattern.compile("\"points\": ([0-9]+),\n");

    @TempDir
    Path folder;

    private Outcomes run(Map<String, String> more, Class<?>... subjects) {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("probeunit.snapshots.folder", folder.toString());
        parameters.put("probeunit.coverage.folder", folder.resolve("report").toString());
        return Subjects.run(parameters, subjects);
    }

    private Outcomes run(Class<?>... subjects) {
        return run(Map.of(), subjects);
    }

    @Test
    void a_mark_that_went_silent_fails_the_class_with_its_name() {
        Fires.all = true;
        run(Map.of("probeunit.snapshots", "update"), Fires.class).assertSucceeded(2);
        assertThat(folder.resolve("fired.txt")).content().endsWith("\nalpha\nbeta\ntruth:gamma\ntruth:guarded\n");
        run(Fires.class).assertSucceeded(2);
        assertThat(folder.resolve("report/coverage.json"))
                .content()
                .contains(
                        counted("truth:gamma", "mark", 0, 3),
                        counted("alpha", "function", 0, 5),
                        counted("beta", "function", 1, 100_000),
                        counted("truth:guarded", "mark", 1, 2),
                        "{\"name\": \"never\", \"kind\": \"function\", \"file\": 0, \"state\": \"never\", \"count\": 0, \"exact\": true, \"tests\": []}");

        Fires.all = false;
        Outcomes outcomes = run(Fires.class);

        outcomes.passed("first", "second");
        outcomes.failure("CoverageTest$Fires")
                .contains("   counted:      3 of ")
                .contains("   silent:       truth:guarded\n   snapshot:     " + folder.resolve("fired.txt"));
    }

    private static String counted(String name, String kind, int test, int count) {
        return "{\"name\": \"%s\", \"kind\": \"%s\", \"file\": 0, \"state\": \"fired\", \"count\": %d, \"exact\": true, \"tests\": [{\"test\": %d, \"count\": %3$d, \"exact\": true}]}"
                .formatted(name, kind, count, test);
    }

    /** The mark {@code guarded} fires only while its semaphore is held. */
    @ProbeCoverage(
            marks = "truth:*",
            functions = {"alpha", "beta", "never"})
    @ExpectCoverage(snapshot = "fired.txt")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Fires {
        static boolean all;

        @Probed
        static final TruthContainer container = CoverageTest.container;

        private final Truth truth = container.truth();

        @Test
        @ExpectMark(value = "truth:gamma", times = 3, capture = "arg1")
        @ProbeFunction("alpha")
        void first(Recording recording) {
            assertThat(truth.call("gamma", 3)).isEqualTo(3);
            assertThat(truth.call("alpha", 5)).isEqualTo(5);
            assertThat(recording).function("alpha").firedTimes(5);
            assertThat(recording.firings().count()).isEqualTo(8);
        }

        @Test
        void second() {
            assertThat(truth.call("beta", 100_000)).isEqualTo(100_000);
            assertThat(truth.call("guarded", all ? 2 : 0)).isEqualTo(all ? 2 : 0);
        }
    }

    @Test
    void a_guarded_mark_is_off_between_tests() {
        assertThat(container.truth().call("guarded", 3)).isZero();
        run(Map.of("probeunit.snapshots", "update"), Guarded.class).assertSucceeded(1);
        assertThat(container.truth().call("guarded", 3)).isZero();
    }

    @ProbeCoverage(marks = "truth:guarded")
    @ExpectCoverage(atLeast = "100%")
    static class Guarded {
        @Probed
        static final TruthContainer container = CoverageTest.container;

        @Test
        void test() {
            assertThat(container.truth().call("guarded", 3)).isEqualTo(3);
        }
    }

    @Test
    @OnlyEngine("uprobe")
    void all_functions_of_a_library_are_counted() throws IOException {
        run(Library.class).assertSucceeded(1);

        String report = Files.readString(folder.resolve("report/coverage.json"));
        assertThat(POINTS.matcher(report).results().mapToInt(found -> Integer.parseInt(found.group(1))))
                .singleElement()
                .satisfies(points -> assertThat(points).isGreaterThan(1_500));
        assertThat(report)
                .contains(
                        "{\"name\": \"memcpy\", \"kind\": \"function\", \"file\": 0, \"reason\": \"it is chosen at run time")
                .doesNotContain("\"fired\": 0,");
    }

    @Test
    @OnlyEngine({"stap", "perf"})
    void engines_to_which_points_cost_something_refuse_so_many() {
        run(Library.class)
                .failure("test")
                .contains("points are more than this engine counts for a coverage, at most 1000 (PU1080)");
    }

    @ProbeCoverage(functions = "*", binary = "libc.so.6")
    @ExpectCoverage(atLeast = "0.1%")
    static class Library {
        @Probed
        static final TruthContainer container = CoverageTest.container;

        @Test
        void test() {
            assertThat(container.truth().call("alpha", 2)).isEqualTo(2);
        }
    }
}
