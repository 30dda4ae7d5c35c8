package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/errors.md} with the texts in the code. A row's second column is a piece of a message, with … for
 * what is filled in.
 *
 * <p>Texts are what is between quotes in the sources: a message that is put together has a row for each piece that is as
 * long as a sentence.
 */
class ErrorCatalogueTest {

    private static final Path PAGE = Path.of("../docs/errors.md");
    private static final Path ROOT = Path.of("..");

    /** Fewer words are a piece of something, not a message. */
    private static final int SENTENCE = 4;

    /**
     * What texts are told from in Java's grammar, as far as that needs; a fault of ProbeUnit itself is for
     * no page, settings have their own, and the help of commands is none.
     */
    private static final Pattern TOKEN = Pattern.compile("""
            /\\*.*?\\*/ | //[^\\n]* \
            | \\"\\"\\"\\n(?<block>.*?)\\"\\"\\" \
            | "(?<line>(?:[^"\\\\\\n]|\\\\.)*)" \
            | '(?:[^'\\\\]|\\\\.[^']*)' \
            | (?:description|exitCodeList|footer)\\ =\\s*\\{?(?:\\s*[+,]?\\s*"(?:[^"\\\\\\n]|\\\\.)*")+ \
            | (?<fault>new\\ (?:IllegalState|IndexOutOfBounds|NoSuchElement|Elf|IO)Exception\\( \
            | Setting\\.(?:of|unset)\\( | \\bof\\((?="probeunit\\.)) \
            | (?<open>\\() | (?<close>\\))""", Pattern.DOTALL | Pattern.COMMENTS);

    private static final Pattern FILLED_IN = Pattern.compile("%[\\d$.,#+-]*[a-zA-Z]|\\{\\d}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z']{2,}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|(?: (PU\\d{4})? \\|)? `([^`]+)` \\|");

    /** Where an error has its id: at the end of its first sentence, or of itself. */
    private static final Pattern ID = Pattern.compile(" \\((PU\\d{4})\\)");

    /** Paths, regular expressions, scripts. */
    private static final Pattern NO_SENTENCE = Pattern.compile(
            "/[a-z].*|.*\\\\\\\\.*|\\(.*\\)\\+|[\\w.:%-]*|io\\.probeunit.*|org\\..*|echo \\$\\$.*|trap .*|ffffffff.*");

    /** What says no error: settings, reports, and words of which other texts are made. */
    private static final List<String> NO_ERROR = List.of(
            "What fired in the window of",
            "What fired after it, until",
            "container …: …, engine … (…) on host …, window",
            "ProbeUnit's report:",
            "{\"facts\": …, \"firings\":",
            "{\"points\": …, \"tasks\":",
            "schema of the firings",
            "### ProbeUnit: expectations that are not met",
            "arming … in container",
            "points armed in",
            "… armed in … ms",
            "waits for its turn at a container",
            "looking up the points of",
            "preparing the image",
            "removing probes",
            "points that did not fire",
            "none of which fired",
            "of which fired",
            "for the reason that",
            "for the doubts above",
            "those of …)",
            "s so far",
            "after … s",
            "watched for … ms after the test method",
            "stack: of the firing at",
            "made at run time",
            "call-graph=dwarf",
            "whatever the values, it fired",
            "SystemTap …, BPF runtime, Linux",
            "built-in BPF program, Linux",
            "AUTO takes … on host",
            "It is used only if it is asked for, and",
            "No engine works on these hosts",
            "its tools need an image of their own",
            "probeunit functions [--json]",
            "… functions can be probed",
            "… marks can be probed",
            " that there are: none.",
            "Ctrl-C ends it.",
            "container … (…), engine … on host …",
            "DWARF for the Arm 64-bit Architecture",
            "all probe points",
            "function pu_group:long()",
            "call, $",
            "our helper runs in the target itself",
            "a privileged container of",
            "our image probeunit/",
            "{\"architecture\":",
            "[{\"Config\":",
            "write to the FIFO",
            "wrote the new snapshot",
            "the snapshot has these marks already",
            "# The marks of …, as @ExpectMarks compares them",
            "# The points that fire in the tests of a class",
            "a whole number above 0 with ms, s or m",
            "NAME=VALUE, several separated by commas",
            "the target's default binary",
            "No target is probed.",
            "function pu_target",
            "the window has closed",
            "the window is open",
            "the window has not opened yet",
            "no annotation of this test probes anything",
            "path of the report",
            "create a map of",
            "create a ring buffer of",
            "nothing the second time",
            "value of map fd",
            "std::",
            "thunk to ",
            "TLS wrapper function for",
            "TLS init function for",
            "WARNING: cannot find module",
            "FROM debian:bookworm-slim",
            "See docs/where-to-run.md",
            "it was killed, or the host has gone",
            ": it was stopped or removed.",
            "more words than",
            "does not take its own values",
            "The names of JUnit's parameters are not known",
            ") of Probes");

    /** Said after what is missing: the cure. */
    private static final Pattern CURE = Pattern.compile(
            "(Install|Run|Set|Use|Boot|Name|Grant|As root|Mount| If it has another name).*", Pattern.DOTALL);

    private static final Set<String> texts = new LinkedHashSet<>();
    private static final List<String> entries = new ArrayList<>();
    private static final Map<String, List<String>> entriesById = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (Path source : sources()) {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                        // the kernel's reasons, in the words of the C library
                        .filter(f -> !f.endsWith("Errno.java"))
                        .sorted()
                        .toList()) {
                    texts.addAll(textsOf(Files.readString(file)));
                }
            }
        }
        ROW.matcher(Files.readString(PAGE)).results().forEach(row -> {
            entries.add(row.group(2));
            if (row.group(1) != null) {
                entriesById
                        .computeIfAbsent(row.group(1), id -> new ArrayList<>())
                        .add(row.group(2));
            }
        });
    }

    /** The code of all modules. */
    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void every_message_is_in_the_page() {
        assertThat(texts)
                .filteredOn(ErrorCatalogueTest::isMessage)
                .as("""
                        Messages that docs/errors.md does not name. For each, add a row whose second column is a piece of it \
                        of some words, with its cause and cure; or mend the row whose words have changed.""")
                .allSatisfy(text -> assertThat(entries).anyMatch(withoutId(text)::contains));
    }

    @Test
    void every_message_in_the_page_is_in_the_code() {
        assertThat(entries)
                .as("Rows of docs/errors.md that no message in the code has: mend their second column, or remove them.")
                .isNotEmpty()
                .allSatisfy(entry ->
                        assertThat(texts).anyMatch(text -> withoutId(text).contains(entry)));
    }

    @Test
    void each_id_is_in_one_row_and_in_the_messages_of_that_row() {
        assertThat(entriesById)
                .isNotEmpty()
                .allSatisfy((id, its) -> assertThat(its)
                        .as(id)
                        .singleElement()
                        .satisfies(entry -> assertThat(texts)
                                .filteredOn(text -> text.contains(id))
                                .isNotEmpty()
                                .allMatch(text -> withoutId(text).contains(entry))));
    }

    @Test
    void each_id_of_a_message_is_in_the_page() {
        assertThat(texts.stream()
                        .flatMap(text -> ID.matcher(text).results())
                        .map(id -> id.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(entriesById.keySet());
    }

    @Test
    void no_message_is_in_the_page_twice() {
        assertThat(entries).doesNotHaveDuplicates();
    }

    private static String withoutId(String text) {
        return ID.matcher(text).replaceAll("");
    }

    private static boolean isMessage(String text) {
        return WORD.matcher(text).results().count() >= SENTENCE
                && !NO_SENTENCE.matcher(text).matches()
                && !CURE.matcher(text).matches()
                && NO_ERROR.stream().noneMatch(text::contains);
    }

    private static List<String> textsOf(String source) {
        List<String> found = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        int bracketsOfFault = 0;
        while (token.find()) {
            if (token.group("fault") != null || bracketsOfFault > 0 && token.group("open") != null) {
                bracketsOfFault++;
            } else if (bracketsOfFault > 0 && token.group("close") != null) {
                bracketsOfFault--;
            } else if (bracketsOfFault == 0 && token.group("line") != null) {
                found.add(asInThePage(token.group("line")));
            } else if (bracketsOfFault == 0 && token.group("block") != null) {
                found.add(asInThePage(token.group("block").replace("\\\n", "")));
            }
        }
        return found;
    }

    /** On one line, with … for what is filled in. */
    private static String asInThePage(String text) {
        return FILLED_IN
                .matcher(text.replace("%n", " ").replace("\\n", " ").replace("\\\"", "\""))
                .replaceAll("…")
                .replaceAll("\\s+", " ")
                .replaceAll("…+", "…");
    }
}
