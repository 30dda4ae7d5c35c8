package io.probeunit.internal.junit.lifecycle;

import static io.probeunit.internal.junit.lifecycle.ReportFolder.printedBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import io.probeunit.internal.run.ReportTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The timeline of a class, the firings of a test, and what CI systems are told of them. */
class TimelineFilesTest {

    private final FakeMachine machine = new FakeMachine();

    @RegisterExtension
    final LoggedLines logged = new LoggedLines(ReportTrouble.class.getName());

    @TempDir
    Path folder;

    private ReportFolder output() {
        return new ReportFolder(folder);
    }

    private Run run(Map<String, String> parameters, Class<?>... tests) {
        return machine.run(output(), parameters, tests);
    }

    private List<String> files() throws IOException {
        return output().files();
    }

    private JsonObject data() throws IOException {
        String page = Files.readString(timeline());
        int begin = page.indexOf('{', page.indexOf("<script id=\"data\""));
        return JsonParser.parseString(page.substring(begin, page.indexOf("</script>", begin)))
                .getAsJsonObject();
    }

    private Path timeline() {
        return folder.resolve("TimelineFilesTest$Mixed/timeline.html");
    }

    private static List<String> tests(JsonObject data) {
        return data.getAsJsonArray("tests").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(test -> "%s %s %s"
                        .formatted(
                                test.getAsJsonObject("facts")
                                        .getAsJsonObject("test")
                                        .get("method")
                                        .getAsString(),
                                test.getAsJsonObject("facts").get("verdict").getAsString(),
                                test.get("kept")))
                .toList();
    }

    @Test
    void a_class_with_a_test_that_fails_has_a_timeline_of_all_its_tests() throws IOException {
        Run run = run(Map.of(), Mixed.class);

        assertThat(tests(data())).containsExactly("before met 1", "fails unmet 2", "after met 1", "nested met 3");
        assertThat(data().get("complete").getAsBoolean()).isTrue();
        assertThat(run.end("fails()").orElseThrow())
                .hasMessageContaining("\nTimeline: %s\nProbeUnit's report: ".formatted(timeline()));
        assertThat(run.entries())
                .filteredOn(entry -> entry.containsKey("probeunit.timeline"))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("probeunit.verdict", "unmet")
                        .containsEntry("probeunit.timeline", timeline().toString()));
        assertThat(logged.lines()).isEmpty();
    }

    @Test
    void the_firings_of_a_test_lie_beside_its_report() throws IOException {
        run(Map.of(), Mixed.class);

        assertThat(files())
                .containsExactly(
                        "TimelineFilesTest$Mixed/timeline.html",
                        "fails()/firings.jsonl",
                        "fails()/firings.schema.json",
                        "fails()/probeunit.json");
        assertThat(Files.readAllLines(folder.resolve("fails()/firings.jsonl")))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("{\"type\": \"firing\", \"nanos\": ")
                .contains("\"probe\": \"f\", \"container\": \"shop\"");
    }

    @Test
    void a_class_all_of_whose_tests_are_met_has_none_unless_that_is_asked_for() throws IOException {
        run(Map.of(), Met.class);
        assertThat(files()).isEmpty();

        run(Map.of("probeunit.report.files", "all"), Met.class);
        assertThat(files()).contains("TimelineFilesTest$Met/timeline.html");
    }

    @Test
    void there_is_none_where_no_files_are_wanted() throws IOException {
        Run run = run(Map.of("probeunit.report.files", "none"), Mixed.class);

        assertThat(files()).isEmpty();
        assertThat(run.end("fails()").orElseThrow())
                .message()
                .contains("1 of 1 expectation was not met")
                .doesNotContain("Timeline:");
    }

    @Test
    void a_timeline_that_cannot_be_written_changes_no_result() throws IOException {
        Files.createDirectories(timeline().resolve("a folder"));

        Run run = run(Map.of(), Mixed.class);

        assertThat(run.succeeded()).isEqualTo(3);
        assertThat(run.end("fails()").orElseThrow())
                .message()
                .contains("1 of 1 expectation was not met", "ProbeUnit's report: ")
                .doesNotContain("Timeline:");
        assertThat(logged.lines()).singleElement().asString().contains("could not publish the timeline of");
    }

    /** The folder goes away before the last test has ended. */
    @Test
    void a_timeline_that_cannot_be_written_again_changes_no_result() {
        Run run = run(Map.of(), TakesItsFolderAway.class);

        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.failed()).isEqualTo(1);
        assertThat(logged.lines()).singleElement().asString().contains("could not publish the timeline of");
    }

    @Test
    void files_are_attached_where_a_ci_system_runs_the_build() {
        machine.environment.put("JENKINS_URL", "x");

        String printed = printedBy(() -> run(Map.of(), Mixed.class));

        assertThat(printed)
                .contains("[[ATTACHMENT|%s]]\n[[ATTACHMENT|%s]]\n[[ATTACHMENT|%s]]\n"
                        .formatted(
                                timeline(),
                                folder.resolve("fails()/probeunit.json"),
                                folder.resolve("fails()/firings.jsonl")));
        assertThat(printed.split("ATTACHMENT", -1)).hasSize(4);
    }

    @Test
    void gitlab_gets_paths_in_the_project() {
        machine.environment.putAll(Map.of("GITLAB_CI", "true", "CI_PROJECT_DIR", folder.toString()));

        assertThat(printedBy(() -> run(Map.of(), Mixed.class)))
                .contains("[[ATTACHMENT|TimelineFilesTest$Mixed/timeline.html]]\n");
    }

    @Test
    void a_setting_attaches_them_always_or_never() {
        assertThat(printedBy(() -> run(Map.of(), Mixed.class))).doesNotContain("ATTACHMENT");
        assertThat(printedBy(() -> run(Map.of("probeunit.report.attachments", "always"), Mixed.class)))
                .contains("[[ATTACHMENT|");
        machine.environment.put("TF_BUILD", "True");
        assertThat(printedBy(() -> run(Map.of(), Mixed.class))).contains("[[ATTACHMENT|");
        assertThat(printedBy(() -> run(Map.of("probeunit.report.attachments", "never"), Mixed.class)))
                .doesNotContain("ATTACHMENT");
    }

    @Test
    void github_gets_a_summary_of_the_classes_that_are_not_met() throws IOException {
        Path summary = folder.resolve("summary.md");
        Files.writeString(summary, "before\n");
        machine.environment.put("GITHUB_STEP_SUMMARY", summary.toString());

        run(Map.of(), Mixed.class, Met.class);

        assertThat(summary).content().isEqualTo("""
                before

                ### ProbeUnit: expectations that are not met

                | class | unmet | inconclusive | tests | timeline |
                |---|---|---|---|---|
                | <code>%s</code> | 1 | 0 | <code>fails</code> | <code>%s</code> |

                """.formatted(
                        escaped(Mixed.class.getName()), escaped(timeline().toString())));
    }

    private static String escaped(String text) {
        return text.replace("/", "&#47;")
                .replace("$", "&#36;")
                .replace("-", "&#45;")
                .replace("_", "&#95;");
    }

    @Test
    void github_gets_nothing_where_all_is_met() {
        Path summary = folder.resolve("summary.md");
        machine.environment.put("GITHUB_STEP_SUMMARY", summary.toString());

        run(Map.of(), Met.class);

        assertThat(summary).doesNotExist();
    }

    @Test
    void a_summary_that_cannot_be_written_changes_no_result() {
        machine.environment.put(
                "GITHUB_STEP_SUMMARY", folder.resolve("no/folder").toString());

        Run run = run(Map.of(), Mixed.class);

        assertThat(run.succeeded()).isEqualTo(3);
        assertThat(logged.lines()).singleElement().asString().contains("could not publish the job summary of");
    }

    @Fake
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Mixed {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @Order(1)
        @ExpectFunction(value = "f", times = 1)
        void before() {
            shop.call("f");
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "f", times = 1)
        void fails() {
            shop.call("f");
            shop.call("f");
        }

        @Test
        @Order(3)
        @ExpectFunction(value = "f", times = 1)
        void after() {
            shop.call("f");
        }

        @Nested
        class Inner {
            @Test
            @ExpectFunction(value = "f", times = 3)
            void nested() {
                shop.call("f");
                shop.call("f");
                shop.call("f");
            }
        }
    }

    @Fake
    static class Met {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", times = 1)
        void isMet() {
            shop.call("f");
        }
    }

    @Fake
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class TakesItsFolderAway {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @Order(1)
        @ExpectFunction(value = "f", times = 1)
        void fails() {
            // nothing is called
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "f", times = 0)
        void takesItAway(TestReporter reporter) throws IOException {
            reporter.publishFile("x", MediaType.TEXT_PLAIN, file -> {
                Path page = file.getParent().resolveSibling("TimelineFilesTest$TakesItsFolderAway/timeline.html");
                Files.delete(page);
                Files.createDirectories(page.resolve("x"));
                Files.writeString(file, "x");
            });
        }
    }
}
