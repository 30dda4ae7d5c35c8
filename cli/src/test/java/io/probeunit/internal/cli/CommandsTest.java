package io.probeunit.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.probeunit.Functions;
import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.docker.Daemon;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.inventory.ProbeableMarks;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.NamePattern;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandsTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<ProbeException> unreadable = Optional.empty();
    private List<Functions.Function> functions = List.of(
            new Functions.Function("reserve", List.of("reserve"), Optional.empty(), List.of()),
            new Functions.Function("tricky", List.of("tricky"), Optional.empty(), List.of("it may call itself")),
            new Functions.Function("memcpy", List.of("memcpy"), Optional.of("it is chosen at run time"), List.of()));
    private ProbeableMarks marks = new ProbeableMarks(
            new Marks(
                    "c",
                    "/bin/shop",
                    List.of(new Marks.Mark("shop", "placed", List.of(List.of("s32", "u64")), true)),
                    List.of("One note is damaged.")),
            List.of(new ProbeableMarks.Refused("shop:gone", "it leads nowhere")));
    private final FakeLive live = new FakeLive();
    private final List<WatchedPoint> watched = new ArrayList<>();
    private Diagnosis diagnosis = diagnosis(true);

    CommandsTest() {
        daemon.container("aa11" + "0".repeat(60), "shop");
        daemon.container("aa22" + "0".repeat(60), "bank");
        daemon.images.put("redis:7", new Daemon.Image("sha256:77", List.of("redis-server", "--appendonly", "yes")));
    }

    @Test
    void functions_are_printed_ready_to_be_pasted() {
        assertThat(run("functions", "shop", "*")).isZero();

        assertThat(out).hasToString("""
                // /bin/shop, container shop (image shop:1): 2 of 3 functions can be probed
                @ProbeFunction(value = "reserve", binary = "/bin/shop")
                @ProbeFunction(value = "tricky", binary = "/bin/shop")  // in doubt: it may call itself
                // memcpy cannot be probed: it is chosen at run time
                """);
        assertThat(err).asString().isEmpty();
    }

    /** The names of a file are chosen by whoever built it. */
    @Test
    void names_stay_within_their_line_and_their_quotes() {
        functions = List.of(
                new Functions.Function("a\"b\\\u001b[2J\n@Evil", List.of("a"), Optional.empty(), List.of()),
                new Functions.Function("c\n\\u000ax", List.of("c"), Optional.of("it is odd"), List.of()));

        run("functions", "shop", "*");

        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "@ProbeFunction(value = \"a\\\"b\\\\\ufffd[2J\ufffd@Evil\", binary = \"/bin/shop\")",
                        "// c\ufffd\\\\u000ax cannot be probed: it is odd");
    }

    @Test
    void functions_are_json_for_programs() {
        assertThat(run("functions", "--json", "shop", "libc.so.6", "*")).isZero();

        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(json.get("binary").getAsString()).isEqualTo("libc.so.6");
        assertThat(json.getAsJsonArray("functions"))
                .hasSize(3)
                .first()
                .satisfies(function -> assertThat(
                                function.getAsJsonObject().get("name").getAsString())
                        .isEqualTo("memcpy"));
    }

    @Test
    void marks_are_printed_with_the_types_of_their_arguments() {
        assertThat(run("marks", "shop")).isZero();

        assertThat(out).hasToString("""
                // /bin/shop, container shop (image shop:1): 1 of 2 marks can be probed
                @ProbeMark(value = "shop:placed", binary = "/bin/shop")  // (s32, u64) guarded
                // shop:gone cannot be probed: it leads nowhere
                """);
        assertThat(err).hasToString("One note is damaged.\n");
    }

    @Test
    void marks_are_json_for_programs() {
        assertThat(run("marks", "shop", "--json")).isZero();

        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(json.getAsJsonArray("marks"))
                .singleElement()
                .satisfies(mark ->
                        assertThat(mark.getAsJsonObject().get("arguments")).hasToString("[[\"s32\",\"u64\"]]"));
        assertThat(json.getAsJsonArray("refused")).hasSize(1);
    }

    @Test
    void a_file_without_marks_is_no_success() {
        marks = new ProbeableMarks(new Marks("c", "/bin/shop", List.of(), List.of()), List.of());

        assertThat(run("marks", "shop")).isEqualTo(1);
        assertThat(err).asString().startsWith("There are no marks in /bin/shop of container c (PU1406).");
    }

    @Test
    void the_container_of_an_image_is_removed() {
        assertThat(run("functions", "redis:7", "*")).isZero();

        assertThat(out).asString().startsWith("// /bin/shop, image redis:7: ");
        assertThat(err)
                .hasToString(
                        "No binary is named; this is the first word of the command of image redis:7, which is 'redis-server --appendonly yes'.\n");
        assertThat(daemon.created).isEmpty();
        assertThat(daemon.removed).isEqualTo(1);
    }

    @Test
    void the_container_of_an_image_is_removed_if_its_file_cannot_be_read() {
        unreadable = Optional.of(new ProbeException("It is a script."));

        assertThat(run("functions", "redis:7", "*")).isEqualTo(1);

        assertThat(err).asString().contains("(PU1405). It is a script. If that word");
        assertThat(daemon.created).isEmpty();
        assertThat(daemon.removed).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shopp | There is no container and no image 'shopp' (PU1403). The nearest: shop.",
                "zzzzzz | Containers and images that there are: bank, redis:7, shop.",
                "aa | The ids of several containers begin with 'aa' (PU1402): aa1100000000 (shop), aa2200000000 (bank).",
            })
    void what_is_not_there_is_said_with_what_is(String name, String message) {
        assertThat(run("marks", name)).isEqualTo(1);

        assertThat(err).asString().contains(message);
        assertThat(daemon.removed).isZero();
    }

    @Test
    void a_container_may_be_named_by_the_first_digits_of_its_id() {
        assertThat(run("marks", "aa2")).isZero();
        assertThat(out).asString().contains("container bank");
    }

    @Test
    void the_exit_code_of_doctor_says_whether_something_works() {
        assertThat(run("doctor")).isZero();
        diagnosis = diagnosis(false);
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(run("doctor", "--json")).isEqualTo(1);
        assertThat(out)
                .asString()
                .contains("It works.")
                .contains("No engine works")
                .contains("\"works\": false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctor --jsn | Unknown option: '--jsn' (PU1407). The nearest: --json. 'probeunit doctor --help' says what there is.",
                "functions shop | Missing required parameter: '[BINARY] GLOB' (PU1407). 'probeunit functions --help' says what there is.",
                "functions shop a b c | Too many arguments: c (PU1407).",
                "mark shop | Unmatched arguments from index 0: 'mark', 'shop' (PU1407). The nearest: marks",
                "doctor --engine BPF | probeunit.engine = BPF is not valid (PU0301); allowed: AUTO, STAP, UPROBE, PERF.",
                "watch shop | Nothing is named that could be watched; give --function NAME or --mark NAME (PU1407).",
                "watch shop --capture arg1 --function f | --capture arg1 stands before every --function and --mark; it belongs behind one of them (PU1407).",
                "watch shop --function f --for soon | --for soon is not a time; write a whole number with ms, s or m, such as 10s (PU1407).",
                "watch shop --function f --capture foo | --function f: \"foo\" names no value; write arg1",
                "watch shop --mark m --on-return | --mark m: a mark has no return (PU1408).",
                "watch shop --function | Missing value of option '--function' (PU1407).",
                "functions shop bin/x * | is a relative path",
            })
    void wrong_usage_says_what_there_is(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);

        assertThat(err).asString().contains(message);
        assertThat(out).asString().isEmpty();
    }

    @Test
    void without_a_command_it_says_which_there_are() {
        assertThat(run()).isEqualTo(2);
        assertThat(err).asString().startsWith("No command is given; there are doctor, marks, functions,");
    }

    /** A shell reads it, and completes commands with it. */
    @Test
    void the_completion_is_a_script_that_bash_takes(@TempDir Path folder) throws Exception {
        assertThat(run("completion")).isZero();
        Path script = Files.writeString(folder.resolve("completion"), out.toString());

        assertThat(bash("bash", "-n", script.toString())).isEmpty();
        assertThat(bash("bash", "-c", """
                        source "$0"
                        COMP_WORDS=(probeunit fun); COMP_CWORD=1
                        _complete_probeunit
                        echo "${COMPREPLY[@]}"
                        """, script.toString())).isEqualTo("functions\n");
    }

    @Test
    void watch_prints_firings_as_lines_and_the_counts_at_the_end() {
        assertThat(run(
                        "watch",
                        "shop",
                        "--function",
                        "reserve@libshop.so",
                        "--capture",
                        "arg1:s32",
                        "--where",
                        "arg1:s32 == 4",
                        "--mark",
                        "shop:placed",
                        "--for",
                        "10s"))
                .isZero();

        assertThat(watched)
                .containsExactly(
                        new WatchedPoint(
                                "function", "reserve@libshop.so", false, List.of("arg1:s32"), List.of("arg1:s32 == 4")),
                        new WatchedPoint("mark", "shop:placed", false, List.of(), List.of()));
        assertThat(out).hasToString("""
                Watching container shop, engine FAKE. Ctrl-C ends it.
                1.000 ms  shop  7/8  shop  reserve  arg1=4
                2.000 ms  shop  7/8  shop  reserve  arg1=4

                In 3.000 ms:
                reserve  at least 2 times
                In doubt: container shop was started again.
                Nothing was lost.
                """);
        assertThat(live.closed).isTrue();
    }

    @Test
    void watch_prints_json_lines_for_programs() {
        assertThat(run("watch", "shop", "--mark", "shop:placed", "--json")).isZero();

        assertThat(out.toString().lines())
                .extracting(line -> JsonParser.parseString(line).getAsJsonObject())
                .extracting(line -> line.get("event").getAsString())
                .containsExactly("armed", "firing", "counts", "firing", "end");
    }

    @Test
    void watch_removes_its_probes_if_looking_fails() {
        live.fails = true;

        assertThat(run("watch", "shop", "--mark", "shop:placed")).isEqualTo(1);

        assertThat(err).hasToString("The names are ambiguous.\n");
        assertThat(live.closed).isTrue();
    }

    /** On a terminal the counts move down as firings come. */
    @Test
    void counts_are_drawn_again_on_a_terminal() {
        WatchText screen = new WatchText(new PrintWriter(out, true), true);
        screen.begin(live);
        screen.next(FakeLive.look(1), List.of(FakeLive.firing(1)));
        screen.next(FakeLive.look(2), List.of(FakeLive.firing(2)));

        assertThat(out).hasToString("""
                Watching container shop, engine FAKE. Ctrl-C ends it.
                1.000 ms  shop  7/8  shop  reserve  arg1=4
                reserve  1 time
                \u001b[1A\u001b[J2.000 ms  shop  7/8  shop  reserve  arg1=4
                reserve  2 times
                """);
    }

    private Live open(Daemon.Listed its, Object container, List<WatchedPoint> points, Settings settings) {
        watched.addAll(points);
        return live;
    }

    private static String bash(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private int run(String... arguments) {
        CommandLine line = ProbeUnitCommand.of(daemon, new FakeInventory(), settings -> diagnosis, this::open);
        line.getSubcommands().values().forEach(command -> to(command));
        to(line);
        return line.execute(arguments);
    }

    private void to(CommandLine line) {
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    private static Diagnosis diagnosis(boolean works) {
        return new Diagnosis(
                Map.of("Java", "17"),
                List.of(),
                List.of(new Diagnosis.OnHost(
                        "LOCAL",
                        List.of(),
                        List.of(),
                        List.of(new Diagnosis.OfEngine(
                                "UPROBE",
                                Optional.of(
                                        works
                                                ? new PreflightResult.Passed("it")
                                                : new PreflightResult.Failed(
                                                        List.of(new PreflightResult.Lack("no", "Do.")))),
                                Optional.empty())))),
                Optional.empty());
    }

    private final class FakeInventory implements Inventory {

        @Override
        public ProbeableMarks marks(Subject subject, BinarySelector binary) {
            return marks;
        }

        @Override
        public Functions functions(Subject subject, BinarySelector binary, NamePattern glob) {
            if (unreadable.isPresent()) {
                throw unreadable.get();
            }
            return new Functions(
                    "c",
                    binary instanceof BinarySelector.FileName file
                                    && !file.name().equals("redis-server")
                            ? file.name()
                            : "/bin/shop",
                    functions,
                    List.of());
        }
    }
}
