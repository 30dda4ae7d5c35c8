package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.ProbeException;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMarks;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ExpectMarksTest {

    private static final String SAME = "p:m(s32, u64) guarded\np:n()\n";
    private static final String OTHER = "p:m(s32)\np:n()\np:o()\n";

    private final FakeMachine machine = new FakeMachine();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("same.txt"), SAME);
        Files.writeString(folder.resolve("other.txt"), OTHER);
    }

    private Run run(Class<?>... tests) {
        return machine.run(Map.of("probeunit.snapshots.folder", folder.toString()), tests);
    }

    private Run update(Class<?>... tests) {
        return machine.run(
                Map.of("probeunit.snapshots.folder", folder.toString(), "probeunit.snapshots", "update"), tests);
    }

    @Test
    void the_same_marks_pass_without_any_engine() {
        machine.engines.clear();

        Run run = run(Passes.class);

        run.assertSucceeded(1);
        assertThat(run.entries())
                .containsExactly(Map.of(
                        "probeunit.marks",
                        "2 marks in the target's default binary of container shop: as in "
                                + folder.resolve("same.txt")));
    }

    @Test
    void no_preflight_is_made() {
        machine.stap.lacks.add("headers");

        run(Passes.class).assertSucceeded(1);
        assertThat(machine.stap.opened).isEmpty();
    }

    @Fake
    static class Passes {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(value = "p", snapshot = "same.txt")
        void test() {}
    }

    @Test
    void other_marks_fail_the_test_when_it_has_run() {
        Fails.ran = false;

        AssertionFailedError failure = (AssertionFailedError) run(Fails.class).failure();

        assertThat(Fails.ran).isTrue();
        assertThat(failure).hasMessage("""
                The marks of 1 of 2 @ExpectMarks are not those of the snapshot

                1) @ExpectMarks(snapshot = "other.txt") on ExpectMarksTest.Fails.test()
                   removed:   p:o()
                   changed:   p:m, was (s32), is (s32, u64) guarded
                   binary:    the target's default binary of container shop
                   snapshot:  %s
                   to accept: run the test once with -Dprobeunit.snapshots=update, and review the snapshot's diff""", folder.resolve("other.txt"));
        assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("p:m(s32)\np:n()\np:o()");
        assertThat(failure.getActual().getStringRepresentation()).isEqualTo("p:m(s32, u64) guarded\np:n()");
    }

    @Fake
    static class Fails {
        static boolean ran;

        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(snapshot = "same.txt")
        @ExpectMarks(snapshot = "other.txt")
        void test() {
            ran = true;
        }
    }

    @Test
    void all_differences_are_told_with_what_the_binary_warns_of() {
        machine.warnings.add("One note is not understood.");

        assertThat(run(FailsInBoth.class).failure())
                .hasMessageStartingWith("The marks of 2 of 2 @ExpectMarks are not those of the snapshot")
                .hasMessageContaining(
                        "\n1) @ExpectMarks(snapshot = \"other.txt\") on ExpectMarksTest.FailsInBoth.test()\n")
                .hasMessageContaining(
                        "\n2) @ExpectMarks(binary = \"/bin/two\", snapshot = \"other.txt\") on ExpectMarksTest.FailsInBoth.test()\n")
                .hasMessageContaining(
                        "   binary:    /bin/two of container shop\n              One note is not understood.\n   snapshot:");
    }

    @Fake
    static class FailsInBoth {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(snapshot = "other.txt")
        @ExpectMarks(snapshot = "other.txt", binary = "/bin/two")
        void test() {}
    }

    @Test
    void the_tests_own_failure_comes_first() {
        Throwable failure = run(FailsItself.class).failure();

        assertThat(failure).hasMessage("mine");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("The marks of 1 of 1 @ExpectMarks are not those of the snapshot");
    }

    @Fake
    static class FailsItself {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(snapshot = "other.txt")
        void test() {
            throw new IllegalStateException("mine");
        }
    }

    @Test
    void an_aborted_test_stays_aborted() {
        assertThat(run(Aborts.class).aborted()).isEqualTo(1);
    }

    @Fake
    static class Aborts {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(snapshot = "other.txt")
        void test() {
            throw new TestAbortedException("not today");
        }
    }

    @Test
    void one_failure_tells_of_probes_and_of_marks() {
        AssertionFailedError failure =
                (AssertionFailedError) run(FailsTwice.class).failure();

        assertThat(failure)
                .hasMessageContaining("1 of 1 expectation")
                .hasMessageContaining("@ExpectFunction(\"f\")")
                .hasMessageContaining("The marks of 1 of 1 @ExpectMarks");
        assertThat(failure.getExpected().getStringRepresentation())
                .contains("function f: at least 1 time")
                .contains("p:o()");
    }

    @Fake
    static class FailsTwice {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        @ExpectMarks(snapshot = "other.txt")
        void test() {}
    }

    /** A renamed mark makes the one unarmed and the other differ: the difference says why. */
    @Test
    void a_probe_that_does_not_resolve_does_not_hide_the_difference() {
        Throwable failure = run(NotArmed.class).failure();

        assertThat(failure).hasMessageContaining("no function gone");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("The marks of 1 of 1 @ExpectMarks are not those of the snapshot");
    }

    @Fake
    static class NotArmed {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("gone")
        @ExpectMarks(snapshot = "other.txt")
        void test() {}
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                OnClass.class,
                OnSuperclass.class,
                OnInterface.class,
                Around.class,
                OnAnnotation.class,
                OfEachInvocation.class
            })
    void it_counts_in_each_place(Class<?> place) {
        Run run = run(place);

        assertThat(run.failed()).isPositive();
        assertThat(run.succeeded()).isZero();
        run.tests()
                .keySet()
                .forEach(test -> assertThat(run.end(test).orElseThrow())
                        .isInstanceOf(AssertionFailedError.class)
                        .hasMessageContaining("@ExpectMarks(snapshot = \"other.txt\") on "));
    }

    @Fake
    @ExpectMarks(snapshot = "other.txt")
    static class OnClass {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void test() {}
    }

    @Fake
    static class OnSuperclass extends OnClass {}

    @ExpectMarks(snapshot = "other.txt")
    interface Promise {}

    @Fake
    static class OnInterface implements Promise {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void test() {}
    }

    @Fake
    @ExpectMarks(snapshot = "other.txt")
    static class Around {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Nested
        class Inner {
            @Test
            void test() {}
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ExpectMarks(snapshot = "other.txt")
    @interface KeepsItsMarks {}

    @Fake
    static class OnAnnotation {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @KeepsItsMarks
        void test() {}
    }

    @Fake
    static class OfEachInvocation {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @ExpectMarks(snapshot = "other.txt")
        void test(int number) {}
    }

    @Test
    void on_a_method_that_is_no_test_it_is_refused() {
        assertThat(run(Misplaced.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("@ExpectMarks on ExpectMarksTest.Misplaced.before(): this method is not a test");
    }

    @Fake
    static class Misplaced {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        @ExpectMarks
        void before() {}

        @Test
        @ExpectMarks(snapshot = "same.txt")
        void test() {}
    }

    @Test
    void the_binary_is_that_of_the_annotation_else_that_of_the_target() {
        Run run = run(Binaries.class);

        run.assertSucceeded(1);
        assertThat(run.entries().get(0).get("probeunit.marks"))
                .contains("1 mark in /bin/two of container shop", "in the target's default binary of container other");
    }

    @Fake
    static class Binaries {
        @Probed(binary = "/bin/two")
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer other = new FakeContainer();

        @Test
        @ExpectMarks(value = "q", container = "shop", snapshot = "/q.txt")
        @ExpectMarks(container = "other", snapshot = "same.txt")
        void test() {}
    }

    @BeforeEach
    void writeQ() throws IOException {
        Files.writeString(folder.resolve("q.txt"), "q:o()\n");
    }

    @Test
    void what_cannot_be_compared_fails_before_the_test_and_all_is_said() {
        Wrong.ran = false;

        assertThat(run(Wrong.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("@ExpectMarks(\"pp\") on ExpectMarksTest.Wrong.test(): ")
                .hasMessageContaining("Did you mean 'p'?")
                .hasMessageContaining("/bin/none of container shop carries no marks")
                .hasMessageContaining("no file /bin/missing")
                .hasMessageContaining("There is no snapshot nowhere.txt");
        assertThat(Wrong.ran).isFalse();
    }

    @Fake
    static class Wrong {
        static boolean ran;

        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks("pp")
        @ExpectMarks(binary = "/bin/none")
        @ExpectMarks(binary = "/bin/missing")
        @ExpectMarks(snapshot = "nowhere.txt")
        void test() {
            ran = true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "noSuchContainer, there is no target named 'shpo' (PU0403). Did you mean 'shop'?",
        "relativeBinary, binary = \"bin/x\" is a relative path",
        "snapshotAbove, snapshot = \"../x\" names no file in the test resources"
    })
    void what_means_nothing_is_refused(String test, String message) {
        Run run = run(Refused.class);

        assertThat(run.end(test + "()").orElseThrow())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(" on ExpectMarksTest.Refused." + test + "(): ")
                .hasMessageContaining(message);
    }

    @Fake
    static class Refused {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(container = "shpo")
        void noSuchContainer() {}

        @Test
        @ExpectMarks(binary = "bin/x")
        void relativeBinary() {}

        @Test
        @ExpectMarks(snapshot = "../x")
        void snapshotAbove() {}
    }

    @Test
    void an_update_writes_and_says_where() {
        Run run = update(Updates.class);

        run.assertSucceeded(1);
        assertThat(folder.resolve("new.txt")).content().endsWith("\n" + SAME);
        assertThat(folder.resolve("other.txt")).content().endsWith("\n" + SAME);
        assertThat(run.entries().get(0).get("probeunit.marks"))
                .contains("wrote the new snapshot " + folder.resolve("new.txt"))
                .contains("rewrote " + folder.resolve("other.txt"));
        run(Updates.class).assertSucceeded(1);
    }

    @Fake
    static class Updates {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(snapshot = "new.txt")
        @ExpectMarks(snapshot = "other.txt")
        void test() {}
    }

    @Test
    void an_update_still_fails_where_there_is_nothing_to_write() throws IOException {
        assertThat(update(Wrong.class).failure()).hasMessageContaining("carries no marks");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("same.txt", "other.txt", "q.txt", "nowhere.txt");
        }
    }

    @Test
    void two_tests_of_a_run_do_not_write_two_things_into_one_file() {
        Run run = update(Clash.class);

        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.failure()).hasMessageContaining("Two annotations would write different marks to one snapshot");
    }

    @Fake
    static class Clash {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectMarks(snapshot = "clash.txt")
        void one() {}

        @Test
        @ExpectMarks(binary = "/bin/two", snapshot = "clash.txt")
        void two() {}
    }

    @Test
    void a_wrong_mode_is_refused() {
        assertThat(machine.run(Map.of("probeunit.snapshots", "updat"), Passes.class)
                        .failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("probeunit.snapshots = updat is not valid (PU0301); allowed: compare, update.");
        assertThat(machine.run(Map.of("probeunit.snapshots.folder", "/no/where"), Passes.class)
                        .failure())
                .hasMessageContaining("probeunit.snapshots.folder = /no/where is not a folder");
    }

    @Test
    void a_container_that_was_not_made_is_said() {
        assertThat(run(NoContainer.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("@ExpectMarks(snapshot = \"same.txt\") on ExpectMarksTest.NoContainer.test(): ")
                .hasMessageContaining("is null. Create and start the container");
    }

    @Fake
    static class NoContainer {
        @Probed
        static FakeContainer shop;

        @Test
        @ExpectMarks(snapshot = "same.txt")
        void test() {}
    }
}
