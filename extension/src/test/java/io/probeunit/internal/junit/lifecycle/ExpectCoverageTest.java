package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectCoverage;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeCoverage;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ExpectCoverageTest {

    private final FakeMachine machine = new FakeMachine();

    @TempDir
    Path folder;

    @BeforeEach
    void alive() {
        Silent.fires = true;
    }

    private Run run(Class<?>... tests) {
        return run(Map.of(), tests);
    }

    private Run run(Map<String, String> more, Class<?>... tests) {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("probeunit.snapshots.folder", folder.toString());
        parameters.put("probeunit.coverage.folder", folder.resolve("report").toString());
        return machine.run(parameters, tests);
    }

    private Run update(Class<?>... tests) {
        return run(Map.of("probeunit.snapshots", "update"), tests);
    }

    private void snapshot(String... names) throws IOException {
        Files.writeString(folder.resolve("fired.txt"), String.join("\n", names) + "\n");
    }

    @Test
    void what_fires_in_the_tests_of_a_class_is_its_coverage() {
        Run run = run(Enough.class);

        run.assertSucceeded(2);
        assertThat(run.entries())
                .contains(Map.of(
                        "probeunit.coverage",
                        "@ExpectCoverage(atLeast = \"60%\") on ExpectCoverageTest.Enough: 3 of 5 points fired (60 %)"));
    }

    @Test
    void it_has_a_session_of_its_own_for_all_tests() {
        run(Enough.class).assertSucceeded(2);

        assertThat(machine.stap.armed())
                .containsExactly(List.of("m", "n", "f", "g", "h").stream()
                        .map(name -> name.matches("[mn]") ? "p:" + name : name)
                        .toList());
        assertThat(machine.alive()).isZero();
    }

    @Fake
    @ProbeCoverage(marks = "p:*", functions = "*")
    @ExpectCoverage(atLeast = "60%")
    static class Enough {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void first() {
            shop.call("p:m");
            shop.call("f");
        }

        @Test
        void second() {
            shop.call("p:m");
            shop.call("g");
        }
    }

    @Test
    void too_little_fails_the_class_with_the_names() {
        AssertionFailedError failure =
                (AssertionFailedError) run(TooLittle.class).failure();

        assertThat(failure).hasMessage("""
                1 of 1 @ExpectCoverage not met, after the last test of the class

                1) @ExpectCoverage(atLeast = "61%") on ExpectCoverageTest.TooLittle
                   expected:     at least 61 % of the points fire
                   counted:      3 of 5 points fired (60 %)
                   never fired:  h
                                 p:n""");
    }

    @ExpectCoverage(atLeast = "61%")
    static class TooLittle extends EnoughWithoutShare {}

    @Fake
    @ProbeCoverage(marks = "p:*", functions = "*")
    static class EnoughWithoutShare {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void first() {
            shop.call("p:m");
            shop.call("f");
        }

        @Test
        void second() {
            shop.call("g");
        }
    }

    @Test
    void a_point_that_went_silent_fails_the_class_with_its_name() throws IOException {
        update(Silent.class).assertSucceeded(2);
        assertThat(folder.resolve("fired.txt")).content().endsWith("\nf\np:m\n");
        run(Silent.class).assertSucceeded(2);

        Silent.fires = false;
        assertThat(run(Silent.class).failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(
                        "   counted:      1 of 5 points fired (20 %)\n   silent:       p:m\n   snapshot:     ")
                .hasMessageContaining("-Dprobeunit.snapshots=update");
    }

    @Fake
    @ProbeCoverage(marks = "p:*", functions = "*")
    @ExpectCoverage(snapshot = "fired.txt")
    static class Silent {
        static boolean fires;

        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void first(Recording recording) {
            shop.call("f");
            assertThat(recording.firings().count()).isEqualTo(1);
        }

        @Test
        void second() {
            if (fires) {
                shop.call("p:m");
            }
        }
    }

    @Test
    void a_point_that_is_gone_fails_the_class() throws IOException {
        snapshot("f", "p:gone");

        assertThat(run(Silent.class).failure())
                .hasMessageContaining("   gone:         p:gone (not in the file any more)");
    }

    @Test
    void more_firings_than_in_the_snapshot_are_no_failure() throws IOException {
        snapshot("f");

        run(Silent.class).assertSucceeded(2);
    }

    @Test
    void a_missing_snapshot_is_an_error_that_shows_what_fired() {
        assertThat(run(Silent.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("There is no snapshot fired.txt")
                .hasMessageContaining("These fired:\n   f\n   p:m");
    }

    @Test
    void an_empty_snapshot_is_an_error() throws IOException {
        snapshot("# nothing");

        assertThat(run(Silent.class).failure()).hasMessageContaining("names no point, so nothing would be compared");
    }

    @Test
    void a_class_of_which_a_test_failed_is_inconclusive() throws IOException {
        snapshot("f", "g");

        assertThat(run(FailsEarly.class).failures())
                .hasSize(2)
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageContaining("verdict:      inconclusive")
                        .hasMessageContaining("in doubt:     g")
                        .hasMessageContaining(
                                "ExpectCoverageTest.FailsEarly.second() failed, and may have ended early"));
    }

    @Fake
    @ProbeCoverage(functions = "*")
    @ExpectCoverage(snapshot = "fired.txt")
    static class FailsEarly {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void first() {
            shop.call("f");
        }

        @Test
        void second() {
            throw new IllegalStateException("early");
        }
    }

    @Test
    void nothing_is_written_of_a_class_that_did_not_run_whole() {
        assertThat(update(Aborts.class).failures())
                .anySatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ProbeException.class)
                        .hasMessageContaining("the snapshot was not written")
                        .hasMessageContaining("ExpectCoverageTest.Aborts.second() was aborted"));
        assertThat(folder.resolve("fired.txt")).doesNotExist();
    }

    @Fake
    @ProbeCoverage(functions = "*")
    @ExpectCoverage(snapshot = "fired.txt")
    static class Aborts {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void first() {
            shop.call("f");
        }

        @Test
        void second() {
            throw new TestAbortedException("not here");
        }
    }

    @Test
    void a_class_of_which_only_one_test_was_chosen_is_inconclusive() throws IOException {
        snapshot("f", "p:m");

        assertThat(machine.runMethod(parameters(), Silent.class, "first(" + Recording.class.getName() + ")")
                        .failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("verdict:      inconclusive")
                .hasMessageContaining("in doubt:     p:m")
                .hasMessageContaining(
                        "ExpectCoverageTest.Silent.second() did not run, or nothing could be counted in it");
    }

    @Test
    void a_chosen_test_that_fires_all_is_enough() throws IOException {
        snapshot("f");

        machine.runMethod(parameters(), Silent.class, "first(" + Recording.class.getName() + ")")
                .assertSucceeded(1);
    }

    private Map<String, String> parameters() {
        return Map.of(
                "probeunit.snapshots.folder",
                folder.toString(),
                "probeunit.coverage.folder",
                folder.resolve("report").toString());
    }

    @Test
    void a_session_that_died_makes_it_inconclusive() throws IOException {
        snapshot("f", "g");

        assertThat(run(Dies.class).failure())
                .hasMessageContaining("verdict:      inconclusive")
                .hasMessageContaining("in doubt:     g")
                .hasMessageContaining("was lost");
    }

    @Fake
    @ProbeCoverage(functions = "*")
    @ExpectCoverage(snapshot = "fired.txt")
    static class Dies {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void test() {
            shop.call("f");
            shop.sessions.forEach(FakeEngine.FakeSession::die);
        }
    }

    @Test
    void nested_classes_count_for_the_class_around_them_and_their_own() {
        run(Around.class).assertSucceeded(2);
    }

    @Fake
    @ProbeCoverage(functions = {"f", "g"})
    @ExpectCoverage(atLeast = "100%")
    static class Around {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void test() {
            shop.call("f");
        }

        @Nested
        @ProbeCoverage(functions = "h")
        @ExpectCoverage(
                atLeast = "100%",
                of = {"g", "h"})
        class Inner {
            @Test
            void test() {
                shop.call("g");
                shop.call("h");
            }
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ProbeCoverage(functions = "*")
    @ExpectCoverage(atLeast = "33%")
    @interface Covered {}

    @Fake
    @Covered
    interface Shop {
        FakeContainer shop = new FakeContainer();
    }

    @Test
    void annotations_of_annotations_on_interfaces_count() {
        run(OfInterface.class).assertSucceeded(1);
        assertThat(run(OfInterfaceSilent.class).failure()).hasMessageContaining("0 of 3 points fired");
    }

    static class OfInterface implements Shop {
        @Probed
        static final FakeContainer container = shop;

        @Test
        void test() {
            container.call("f");
        }
    }

    static class OfInterfaceSilent implements Shop {
        @Probed
        static final FakeContainer container = shop;

        @Test
        void test() {}
    }

    @Test
    void a_glob_that_matches_nothing_fails_each_test() {
        Run run = run(Nothing.class);

        assertThat(run.failed()).isEqualTo(1);
        assertThat(run.failures()).anySatisfy(failure -> assertThat(failure).hasMessageContaining("no function zzz*"));
    }

    @Fake
    @ProbeCoverage(functions = "zzz*")
    static class Nothing {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void test() {}
    }

    @Test
    void annotations_without_a_meaning_are_errors_before_any_test() {
        refused(Empty.class, "it names nothing to count (PU1301)");
        refused(ExpectsNothing.class, "it expects nothing, so it cannot fail (PU1303)");
        refused(Uncounted.class, "nothing is counted for the tests of this class (PU1304)");
        refused(UnknownGlob.class, "of = \"f*\" is in no @ProbeCoverage of this class (PU1305)", "\"p:*\", \"f\"");
        refused(NoShare.class, "atLeast = \"much\" is not a share (PU1307)");
        refused(TooMuch.class, "atLeast = \"101%\" always or never holds (PU1306)");
    }

    private void refused(Class<?> test, String... words) {
        assertThat(run(test).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
    }

    @Fake
    @ProbeCoverage
    static class Empty {
        @Test
        void test() {}
    }

    @Fake
    @ProbeCoverage(functions = "f")
    @ExpectCoverage
    static class ExpectsNothing {
        @Test
        void test() {}
    }

    @Fake
    @ExpectCoverage(atLeast = "1%")
    static class Uncounted {
        @Test
        void test() {}
    }

    @Fake
    @ProbeCoverage(functions = "f", marks = "p:*")
    @ExpectCoverage(atLeast = "1%", of = "f*")
    static class UnknownGlob {
        @Test
        void test() {}
    }

    @Fake
    @ProbeCoverage(functions = "f")
    @ExpectCoverage(atLeast = "much")
    static class NoShare {
        @Test
        void test() {}
    }

    @Fake
    @ProbeCoverage(functions = "f")
    @ExpectCoverage(atLeast = "101%")
    static class TooMuch {
        @Test
        void test() {}
    }

    @Test
    void coverage_on_a_method_is_an_error() {
        assertThat(run(OnMethod.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("coverage belongs to a class, and this is a method (PU1302)");
    }

    @Fake
    static class OnMethod {
        @Test
        @Covered
        void test() {}
    }

    @Test
    void a_container_without_counted_points_is_an_error() {
        assertThat(run(OtherContainer.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("no point that it means was counted (PU1310): counted were those of shop");
    }

    @Fake
    @ProbeCoverage(functions = "f", container = "shop")
    @ExpectCoverage(atLeast = "1%", container = "db")
    static class OtherContainer {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer db = new FakeContainer();

        @Test
        void test() {
            shop.call("f");
        }
    }

    @Test
    void a_class_without_a_test_that_ran_is_skipped() {
        Run run = run(NoneRuns.class);

        assertThat(run.failures()).hasSize(2).allMatch(TestAbortedException.class::isInstance);
    }

    @Fake
    @ProbeCoverage(functions = "f")
    @ExpectCoverage(atLeast = "1%")
    static class NoneRuns {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        void prepare() {
            throw new TestAbortedException("not here");
        }

        @Test
        void test() {}
    }

    @Test
    void what_fires_outside_of_the_window_does_not_count() {
        assertThat(run(Before.class).failure()).hasMessageContaining("1 of 2 points fired (50 %)");
        run(Map.of("probeunit.window", "LIFECYCLE"), Before.class).assertSucceeded(1);
    }

    @Fake
    @ProbeCoverage(functions = {"f", "g"})
    @ExpectCoverage(atLeast = "100%")
    static class Before {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        void prepare() {
            shop.call("f");
        }

        @Test
        void test() {
            shop.call("g");
        }
    }

    @Test
    void the_report_of_the_run_has_all_classes_and_which_test_fired_what() throws IOException {
        run(Enough.class, Before.class);

        assertThat(folder.resolve("report/coverage.json"))
                .content()
                .contains("\"class\": \"" + Enough.class.getName() + "\", \"name\": \"first()\"")
                .contains("\"class\": \"" + Before.class.getName() + "\", \"name\": \"test()\"")
                .contains("{\"name\": \"h\", \"kind\": \"function\", \"file\": 0, \"state\": \"never\"")
                .contains("{\"name\": \"p:m\", \"kind\": \"mark\", \"file\": 0, \"state\": \"fired\", \"count\": 2,");
        assertThat(folder.resolve("report/coverage.html")).isNotEmptyFile();
    }

    @Test
    void containers_of_two_fields_are_counted_apart() {
        assertThat(run(TwoContainers.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("1 of 2 @ExpectCoverage not met")
                        .hasMessageContaining("0 of 1 points fired (0 %)")
                        .hasMessageContaining("container = \"db\""));
    }

    @Fake
    @ProbeCoverage(functions = "f", container = "shop")
    @ProbeCoverage(functions = "f", container = "db")
    @ExpectCoverage(atLeast = "100%", container = "shop")
    @ExpectCoverage(atLeast = "100%", container = "db")
    static class TwoContainers {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer db = new FakeContainer();

        @Test
        void test() {
            shop.call("f");
        }
    }
}
