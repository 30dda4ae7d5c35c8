package io.probeunit.internal.junit.lifecycle;

import static io.probeunit.internal.junit.lifecycle.ReportFolder.printedBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ExpectSampled;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.junit.declared.AnnotationScan;
import io.probeunit.internal.junit.declared.TestPlace;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.progress.Progress;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.run.ReportTrouble;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.sampling.Samples;
import io.probeunit.internal.sessions.ClosingSessions;
import io.probeunit.internal.sessions.SessionPool;
import io.probeunit.internal.sessions.Turns;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.opentest4j.AssertionFailedError;

class ReportsTest {

    private static final Map<String, String> ALL = Map.of("probeunit.report.files", "all");

    private final FakeMachine machine = new FakeMachine();

    @RegisterExtension
    final LoggedLines logged = new LoggedLines(ReportTrouble.class.getName());

    @TempDir
    Path folder;

    private ReportFolder output() {
        return new ReportFolder(folder);
    }

    /** The reports of tests, without the other files beside them. */
    private List<String> files() throws IOException {
        return output().files().stream()
                .filter(path -> path.endsWith("probeunit.json"))
                .toList();
    }

    @Test
    void each_test_that_probes_has_a_file_where_that_is_asked_for() throws IOException {
        Run run = machine.run(output(), ALL, Three.class);

        assertThat(files())
                .containsExactly("failsItself()/probeunit.json", "isMet()/probeunit.json", "isUnmet()/probeunit.json");
        assertThat(run.entries())
                .extracting(entry -> entry.get("probeunit.report.file"))
                .containsExactlyInAnyOrder(
                        folder.resolve("failsItself()/probeunit.json").toString(),
                        folder.resolve("isMet()/probeunit.json").toString(),
                        folder.resolve("isUnmet()/probeunit.json").toString());
        assertThat(logged.lines()).isEmpty();
    }

    @Test
    void the_file_says_what_became_of_the_test() throws IOException {
        machine.run(output(), ALL, Three.class);

        JsonObject met = read("isMet()/probeunit.json");
        assertThat(met.get("format").getAsInt()).isEqualTo(1);
        assertThat(met.get("verdict").getAsString()).isEqualTo("met");
        assertThat(met.get("host").getAsString()).isEqualTo("fake");
        assertThat(met.getAsJsonObject("engine").get("name").getAsString()).isEqualTo("stap");
        assertThat(met.getAsJsonObject("engine").get("how").getAsString()).isEqualTo("fake 1.0");
        assertThat(met.getAsJsonObject("containers").get("shop").getAsString()).isEqualTo(Three.shop.id);
        JsonObject test = met.getAsJsonObject("test");
        assertThat(test.get("class").getAsString()).isEqualTo(Three.class.getName());
        assertThat(test.get("method").getAsString()).isEqualTo("isMet");
        assertThat(test.get("name").getAsString()).isEqualTo("isMet()");
        assertThat(test.get("failedItself").getAsBoolean()).isFalse();

        assertThat(read("isUnmet()/probeunit.json").get("verdict").getAsString())
                .isEqualTo("unmet");
        assertThat(read("failsItself()/probeunit.json")
                        .getAsJsonObject("test")
                        .get("failedItself")
                        .getAsBoolean())
                .isTrue();
    }

    @Test
    void hints_are_told_where_nothing_fired() throws IOException {
        machine.hints = points -> List.of("about " + points.get(0).name());

        Run run = machine.run(output(), ALL, Silent.class);

        assertThat(run.end("isSilent()"))
                .get()
                .asString()
                .contains("hint:      about f")
                .doesNotContain("about g");
        assertThat(read("isSilent()/probeunit.json").getAsJsonArray("expectations"))
                .extracting(expectation ->
                        expectation.getAsJsonObject().getAsJsonArray("hints").toString())
                .containsExactly("[\"about f\"]", "[]");
        assertThat(run.end("isSilentAsExpected()")).isEmpty();
    }

    @Test
    void hints_that_cannot_be_had_change_no_result() {
        for (Throwable thrown : List.of(new IllegalStateException("a"), new NoSuchMethodError("b"))) {
            machine.hints = points -> {
                throw Failing.<RuntimeException>thrown(thrown);
            };

            Run run = machine.run(Silent.class);

            assertThat(run.end("isSilent()"))
                    .get()
                    .asString()
                    .contains("1 of 2 expectations was not met")
                    .doesNotContain("hint:");
            assertThat(logged.lines()).anySatisfy(line -> assertThat(line).contains("hints", thrown.toString()));
        }
    }

    /** Throws what need not be declared. */
    private static final class Failing {
        @SuppressWarnings("unchecked")
        static <T extends Throwable> RuntimeException thrown(Throwable any) throws T {
            throw (T) any;
        }
    }

    /** With the default setting only a test that fails has a file. */
    @Test
    void a_test_that_fails_on_its_samples_alone_has_a_file_that_says_so() throws IOException {
        machine.sampled = all ->
                new Samples(200, Map.of(all.get(0), 99L), List.of(new Samples.Share("g", 101)), Optional.empty());

        Run run = machine.run(output(), Map.of(), Sampled.class);

        JsonObject report = read("counted()/probeunit.json");
        assertThat(report.get("verdict").getAsString()).isEqualTo("unmet");
        JsonObject sample = report.getAsJsonArray("samples").get(0).getAsJsonObject();
        assertThat(sample.get("verdict").getAsString()).isEqualTo("unmet");
        assertThat(sample.get("found").getAsLong()).isEqualTo(99);
        assertThat(sample.get("total").getAsLong()).isEqualTo(200);
        assertThat(sample.get("atLeastPercent").getAsDouble()).isEqualTo(50);
        assertThat(run.failed()).isEqualTo(1);
    }

    @Fake
    static class Sampled {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", times = 1)
        @ExpectSampled(value = "f", atLeastPercent = 50)
        void counted() {
            shop.call("f");
        }
    }

    @Test
    void it_says_which_hosts_and_engines_were_passed_over_and_what_was_started() throws IOException {
        machine.stap.lacks.add("headers");
        FakeEngine unready = new FakeEngine("stap");
        unready.lacks.add("systemtap");
        machine.sidecarEngines.addAll(List.of(unready, machine.uprobe));

        Run run = machine.run(output(), ALL, Three.class);

        String local =
                "Host fake: No engine can arm the probes of this test (PU1001):\nstap: cannot work here:\n    - headers\n      install headers";
        String engine = "stap: cannot work here:\n    - systemtap\n      install systemtap";
        JsonObject met = read("isMet()/probeunit.json");
        assertThat(met.get("host").getAsString()).isEqualTo("fake sidecar");
        assertThat(met.get("hostHelper").getAsString()).isEqualTo("a fake container");
        assertThat(met.getAsJsonArray("hostsPassedOver").get(0).getAsString()).isEqualTo(local);
        assertThat(met.getAsJsonObject("engine").getAsJsonArray("passedOver"))
                .singleElement()
                .satisfies(why -> assertThat(why.getAsString()).isEqualTo(engine));
        assertThat(run.entries())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry)
                        .containsEntry("probeunit.host", "fake sidecar")
                        .containsEntry("probeunit.host.helper", "a fake container")
                        .containsEntry("probeunit.host.passed-over", local)
                        .containsEntry("probeunit.engine.passed-over", engine));
        assertThat(run.end("isUnmet()").orElseThrow())
                .hasMessageContaining("\nProbed from the host 'fake sidecar': a fake container.\nPassed over: " + local
                        + "\nPassed over: Engine " + engine);
    }

    @Test
    void where_nothing_was_passed_over_nothing_is_said_of_it() throws IOException {
        Run run = machine.run(output(), ALL, Three.class);

        assertThat(read("isMet()/probeunit.json").get("hostHelper").isJsonNull())
                .isTrue();
        assertThat(run.entries())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry)
                        .containsEntry("probeunit.host", "fake")
                        .doesNotContainKeys(
                                "probeunit.host.helper", "probeunit.host.passed-over", "probeunit.engine.passed-over"));
        assertThat(String.valueOf(run.end("isUnmet()").orElseThrow().getMessage()))
                .doesNotContain("Probed from", "Passed over");
    }

    @Test
    void a_failure_names_its_file() {
        Run run = machine.run(output(), ALL, Three.class);

        assertThat(run.end("isUnmet()").orElseThrow())
                .hasMessageEndingWith(
                        "ProbeUnit's report: " + folder.resolve("isUnmet()").resolve("probeunit.json"));
    }

    @Test
    void where_the_test_failed_itself_the_path_is_printed() {
        String printed = printedBy(() -> machine.run(output(), ALL, Three.class));

        assertThat(printed)
                .contains(
                        "ProbeUnit's report: " + folder.resolve("failsItself()").resolve("probeunit.json"))
                .doesNotContain("isMet()", "isUnmet()");
    }

    @Test
    void only_tests_that_fail_have_one_otherwise() throws IOException {
        machine.run(output(), Map.of(), Three.class);

        assertThat(files()).containsExactly("failsItself()/probeunit.json", "isUnmet()/probeunit.json");
    }

    @Test
    void no_test_has_one_where_that_is_asked_for() throws IOException {
        Run run = machine.run(output(), Map.of("probeunit.report.files", "NONE"), Three.class);

        assertThat(files()).isEmpty();
        assertThat(run.entries())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry).doesNotContainKey("probeunit.report.file"));
    }

    @Test
    void expected_and_actual_can_be_compared() {
        Throwable failure = machine.run(Three.class).end("isUnmet()").orElseThrow();

        assertThat(failure).isInstanceOfSatisfying(AssertionFailedError.class, e -> {
            assertThat(e.getExpected().getStringRepresentation()).isEqualTo("""
                            function f: exactly 2 times, where arg1:s64 == 7
                            mark m: never""");
            assertThat(e.getActual().getStringRepresentation()).isEqualTo("""
                            function f: 1 time, where arg1:s64 == 7
                            mark m: 1 time""");
        });
    }

    @Test
    void a_disk_that_is_broken_changes_no_result_and_is_told_once() throws IOException {
        OutputDirectoryCreator full = new OutputDirectoryCreator() {
            @Override
            public Path getRootDirectory() {
                return folder;
            }

            @Override
            public Path createOutputDirectory(TestDescriptor test) throws IOException {
                throw new IOException("no space left");
            }
        };

        Run run = machine.run(full, ALL, Three.class);

        assertThat(run.end("isMet()")).isEmpty();
        assertThat(run.end("isUnmet()").orElseThrow())
                .hasMessageContaining("2 of 2 expectations were not met")
                .message()
                .doesNotContain("ProbeUnit's report");
        assertThat(run.end("failsItself()").orElseThrow()).hasMessage("of itself");
        assertThat(run.entries()).hasSize(3);
        assertThat(logged.lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).contains("could not publish the", "no space left", "result does not change"))
                .anySatisfy(line -> assertThat(line).contains("the report file of"))
                .anySatisfy(line -> assertThat(line).contains("the timeline of"));
    }

    @Test
    void a_file_that_cannot_be_written_changes_no_result() throws IOException {
        Files.createDirectories(
                folder.resolve("isMet()").resolve("probeunit.json").resolve("a folder"));

        Run run = machine.run(output(), ALL, Three.class);

        assertThat(run.end("isMet()")).isEmpty();
        assertThat(files()).hasSize(2);
        assertThat(logged.lines()).singleElement().asString().contains("probeunit.json");
    }

    /** As JUnit's test kit does by itself. */
    @Test
    void where_files_cannot_be_published_the_result_stays() {
        Run run = machine.run(ALL, Three.class);

        assertThat(run.end("isMet()")).isEmpty();
        assertThat(run.entries()).hasSize(3);
        assertThat(logged.lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("report file"))
                .anySatisfy(line -> assertThat(line).contains("timeline"));
    }

    @Test
    void a_publisher_that_throws_anything_changes_no_result() {
        for (Throwable thrown :
                List.of(new IllegalStateException("a"), new AssertionError("b"), new NoSuchMethodError("c"))) {
            logged.lines().clear();
            ExtensionContext context = contextThatThrows(thrown);

            Optional<AssertionFailedError> failure = new Reporter(
                            context,
                            new RunScope(machine, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                            Optional.empty(),
                            judgement(),
                            new ArmedWindow(turn(), pool()),
                            List.of(),
                            settings())
                    .report();

            assertThat(failure).isEmpty();
            assertThat(logged.lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains(thrown.toString()))
                    .anySatisfy(line -> assertThat(line).contains("report file"))
                    .anySatisfy(line -> assertThat(line).contains("report entries"));
        }
    }

    private JsonObject read(String file) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
    }

    private static ExtensionContext contextThatThrows(Throwable thrown) {
        return (ExtensionContext) Proxy.newProxyInstance(
                ReportsTest.class.getClassLoader(), new Class<?>[] {ExtensionContext.class}, (proxy, method, args) -> {
                    if (method.getName().startsWith("publish")) {
                        throw thrown;
                    }
                    return switch (method.getName()) {
                        case "getExecutionException" -> Optional.empty();
                        case "getTestClass" -> Optional.of(Three.class);
                        case "getTestMethod" -> Optional.of(Three.class.getDeclaredMethod("isMet"));
                        case "getRequiredTestClass" -> Three.class;
                        case "getRequiredTestMethod" -> Three.class.getDeclaredMethod("isMet");
                        default -> "x";
                    };
                });
    }

    private static Judgement judgement() {
        ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(), List.of()), List.of());
        window.open(List.of());
        return window.judge();
    }

    private static Turns.Turn turn() {
        return new Turns(Duration.ofSeconds(1)).take(List.of(), "test");
    }

    private static SessionPool pool() {
        return new SessionPool(new ClosingSessions(), Progress.silent());
    }

    private static Settings settings() {
        return new SettingsReader(key -> Optional.ofNullable(ALL.get(key)))
                .read(AnnotationScan.settings(
                        new TestPlace(List.of(), Three.class, Three.class.getDeclaredMethods()[0])));
    }

    @Fake
    static class Silent {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        @ExpectFunction(value = "g", times = 0)
        void isSilent() {
            // nothing is called
        }

        @Test
        @ExpectFunction(value = "f", times = 0)
        void isSilentAsExpected() {
            // nothing is called
        }
    }

    @Fake
    static class Three {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void isMet() {
            shop.call("f");
        }

        @Test
        @ExpectFunction(value = "f", times = 2, where = "arg1:s64 == 7")
        @ExpectMark(value = "m", times = 0)
        void isUnmet() {
            shop.call("f", 7);
            shop.call("p:m");
        }

        @Test
        @ProbeFunction("f")
        void failsItself() {
            throw new IllegalStateException("of itself");
        }
    }
}
