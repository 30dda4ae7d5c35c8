package io.probeunit.internal.timeline;

import static io.probeunit.internal.timeline.SeenTests.ODD;
import static io.probeunit.internal.timeline.SeenTests.firing;
import static io.probeunit.internal.timeline.SeenTests.seen;
import static io.probeunit.internal.timeline.SeenTests.setup;
import static io.probeunit.internal.timeline.SeenTests.test;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.probeunit.Firing;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class TimelineTest {

    @TempDir
    Path folder;

    private String page(ClassTimeline timeline) throws IOException {
        Path page = folder.resolve("timeline.html");
        timeline.write(page, true);
        return Files.readString(page);
    }

    private JsonObject data(ClassTimeline timeline) throws IOException {
        String page = page(timeline);
        int begin = page.indexOf('{', page.indexOf("<script id=\"data\""));
        return JsonParser.parseString(page.substring(begin, page.indexOf("</script>", begin)))
                .getAsJsonObject();
    }

    private static List<Firing> calls(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> firing("f", 1_000 + 10 * i, 7, "shop", "arg1", i % 3))
                .toList();
    }

    private static TestWindow window(String name, int firings) {
        return TestWindow.of(test(name), setup(), seen(0, 1_000_000, calls(firings)));
    }

    private static TestWindow failed(String name, int firings) {
        TestWindow window = window(name, firings);
        return new TestWindow(false, window.facts(), window.firings(), window.kept(), window.leftOut());
    }

    @Test
    void the_page_has_each_firing_with_its_point_its_task_and_its_values() throws IOException {
        JsonObject seen = data(SeenTests.few()).getAsJsonArray("tests").get(1).getAsJsonObject();

        assertThat(seen.getAsJsonObject("facts").get("verdict").getAsString()).isEqualTo("unmet");
        assertThat(seen.getAsJsonObject("facts").get("opened").getAsLong()).isEqualTo(1_900_000_000);
        JsonObject firings = seen.getAsJsonObject("firings");
        JsonArray numbers = firings.getAsJsonArray("numbers");
        assertThat(numbers).hasSize(8 * 4);
        // the second one, 8 ms after the first
        assertThat(numbers.get(4).getAsLong()).isEqualTo(8_000_000);
        assertThat(named(firings, "points", numbers.get(5))).isEqualTo("[\"shop\",\"shop:order__placed\"]");
        assertThat(named(firings, "tasks", numbers.get(6))).isEqualTo("[4711,4712,\"shop\"]");
        assertThat(named(firings, "values", numbers.get(7))).isEqualTo("\"arg1=42 arg2=\\\"ann\\\"\"");
        assertThat(firings.getAsJsonObject("stacks").getAsJsonArray("5").get(0).getAsString())
                .isEqualTo("reject (/usr/local/bin/shop+0x1234)");
    }

    private static String named(JsonObject firings, String list, JsonElement position) {
        return firings.getAsJsonArray(list).get(position.getAsInt()).toString();
    }

    @Test
    void no_text_ends_the_script_of_the_page() throws IOException {
        JsonObject data = data(SeenTests.odd());

        String page = page(SeenTests.odd());
        int begin = page.indexOf("{\"class\":");
        assertThat(page.substring(begin, page.indexOf("</script>\n<script>", begin)))
                .contains("id='odd'")
                .doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(data.get("class").getAsString()).isEqualTo("org.example." + ODD);
        JsonObject test = data.getAsJsonArray("tests").get(0).getAsJsonObject();
        assertThat(test.getAsJsonObject("facts")
                        .getAsJsonObject("test")
                        .get("method")
                        .getAsString())
                .isEqualTo(ODD);
        assertThat(test.getAsJsonObject("firings")
                        .getAsJsonArray("points")
                        .get(0)
                        .getAsJsonArray())
                .extracting(JsonElement::getAsString)
                .containsExactly(ODD, ODD);
    }

    @Test
    void the_page_needs_no_network() throws IOException {
        assertThat(page(SeenTests.few()))
                .doesNotContain("http:", "https:", "src=", "import(", "fetch(", "/*DATA*/")
                .contains("default-src 'none'");
    }

    @Test
    void firings_for_which_there_is_no_room_are_left_out_and_counted() {
        Judgement judgement = seen(0, 1_000_000, calls(10));

        TestWindow few = TestWindow.of(test("a"), setup(), judgement, 4, 1_000_000);
        TestWindow small = TestWindow.of(test("a"), setup(), judgement, 1_000, 40);

        assertThat(few.kept()).isEqualTo(4);
        assertThat(few.leftOut()).isEqualTo(6);
        assertThat(small.kept()).isBetween(1L, 9L);
        assertThat(small.kept() + small.leftOut()).isEqualTo(10);
    }

    @Test
    void where_a_class_has_too_many_the_tests_that_are_met_lose_their_firings_first() throws IOException {
        long room = (failed("b", 100).size() + window("a", 100).withoutFirings().size()) * 2;
        ClassTimeline timeline = new ClassTimeline("C", room, 10);

        timeline.add(window("a", 100));
        timeline.add(failed("b", 100));
        timeline.add(window("c", 100));
        timeline.add(failed("d", 100));

        assertThat(left(data(timeline))).containsExactly("0 100", "100 0", "0 100", "100 0");
    }

    @Test
    void where_no_test_is_met_the_first_ones_lose_theirs() throws IOException {
        ClassTimeline timeline = new ClassTimeline("C", failed("a", 100).size() * 2, 10);

        timeline.add(failed("a", 100));
        timeline.add(failed("b", 100));
        timeline.add(failed("c", 1));

        assertThat(left(data(timeline))).containsExactly("0 100", "100 0", "1 0");
    }

    private static List<String> left(JsonObject data) {
        return data.getAsJsonArray("tests").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(test -> test.get("kept") + " " + test.get("leftOut"))
                .toList();
    }

    @Test
    void tests_for_which_there_is_no_room_are_left_out_and_counted() throws IOException {
        ClassTimeline timeline = new ClassTimeline("C", 1_000_000, 2);

        timeline.add(failed("a", 1));
        timeline.add(window("b", 1));
        timeline.add(failed("c", 1));
        timeline.add(failed("d", 1));

        JsonObject data = data(timeline);
        assertThat(data.getAsJsonArray("tests").asList())
                .extracting(test -> test.getAsJsonObject()
                        .getAsJsonObject("facts")
                        .getAsJsonObject("test")
                        .get("method")
                        .getAsString())
                .containsExactly("a", "c");
        assertThat(data.get("testsLeftOut").getAsInt()).isEqualTo(2);
    }

    @Test
    void firings_after_the_window_are_among_the_others() {
        Judgement seen = seen(5, 1_000, calls(2));
        Summary after = seen(5, 5_000, List.of(firing("f", 4_000, 7, "shop"))).summary();

        TestWindow window = TestWindow.of(
                test("a"), setup(), new Judgement(seen.outcomes(), seen.orders(), seen.summary(), Optional.of(after)));

        assertThat(window.kept()).isEqualTo(3);
        assertThat(window.facts()).contains("\"after\": {\"untilNanos\": 5000, ");
    }

    @Test
    void a_hundred_thousand_firings_are_written_in_a_few_megabytes() throws IOException {
        assertThat(page(SeenTests.many(100_000)).length()).isBetween(1_000_000, 8_000_000);
    }

    @Test
    void lines_have_the_window_then_each_firing() throws IOException {
        Path file = folder.resolve("firings.jsonl");

        FiringLines.write(
                file, test("a"), seen(5, 1_000, List.of(firing("f", 3, 7, "sh\nop", "arg1", 4L, "arg2", ODD))));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"type\": \"window\", \"format\": 1, \"test\": \"%s\", \"opened\": 5, \"nanos\": 1000, \"detailsDropped\": 0}"
                                .formatted(test("a").id()));
        JsonObject firing = JsonParser.parseString(lines.get(1)).getAsJsonObject();
        assertThat(firing.keySet())
                .containsExactly("type", "nanos", "probe", "container", "pid", "tid", "command", "captures");
        assertThat(firing.get("command").getAsString()).isEqualTo("sh\nop");
        assertThat(firing.getAsJsonObject("captures").get("arg2").getAsString()).isEqualTo(ODD);
    }

    @Test
    void lines_say_what_is_left_out() throws IOException {
        Path file = folder.resolve("firings.jsonl");

        FiringLines.write(file, test("a"), seen(5, 1_000, calls(5)), 2);

        assertThat(Files.readAllLines(file)).hasSize(4).last().isEqualTo("{\"type\": \"leftOut\", \"firings\": 3}");
    }

    /** Each item that is written is in the schema, and each that the schema requires is written. */
    @Test
    void the_schema_has_the_items_of_the_lines() throws IOException {
        Path schema = folder.resolve("firings.schema.json");
        Path file = folder.resolve("firings.jsonl");
        FiringLines.writeSchema(schema);
        Firing plain = firing("f", 3, 7, "shop", "arg1", 4L);
        FiringLines.write(
                file,
                test("a"),
                seen(
                        5,
                        1_000,
                        List.of(
                                plain,
                                new Firing(
                                        "f",
                                        "shop",
                                        4,
                                        1,
                                        1,
                                        "shop",
                                        plain.captures(),
                                        List.of(new io.probeunit.Frame("g", "/bin/shop", 5)),
                                        Optional.of("cut")),
                                plain)),
                2);

        List<JsonElement> kinds = JsonParser.parseString(Files.readString(schema))
                .getAsJsonObject()
                .getAsJsonArray("oneOf")
                .asList();
        assertThat(Files.readAllLines(file))
                .hasSize(4)
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .allSatisfy(line -> {
                    JsonObject kind = kinds.stream()
                            .map(JsonElement::getAsJsonObject)
                            .filter(k -> k.getAsJsonObject("properties")
                                    .getAsJsonObject("type")
                                    .get("const")
                                    .equals(line.get("type")))
                            .findFirst()
                            .orElseThrow();
                    assertThat(kind.getAsJsonObject("properties").keySet()).containsAll(line.keySet());
                    assertThat(line.keySet())
                            .containsAll(kind.getAsJsonArray("required").asList().stream()
                                    .map(JsonElement::getAsString)
                                    .toList());
                });
    }
}
