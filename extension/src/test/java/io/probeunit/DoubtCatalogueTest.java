package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares the doubts in the code with {@code docs/promises.md}. The last column of a row has words of a doubt, with … for what is
 * filled in.
 */
class DoubtCatalogueTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/promises.md");

    /** A doubt, one that is counted ({@code Observation}), or one about samples; and its text. */
    private static final Pattern DOUBT = Pattern.compile(
            "(?:\\bDoubt\\.(?:missed|lost|repeated|others|program|silent|values)\\(|\\bSamples\\.unknown\\(|\\bcounted\\((?!long|\\))[^\";{]*,)\\s*(?<text>\"(?:[^\"\\\\]|\\\\.)*\")?");

    /** The parts of a sum keep the doubts of the parts. */
    private static final String KEPT = "Doubt.missed(doubt.text())";

    private static final Pattern FILLED_IN = Pattern.compile("%[\\d$]*[a-z]");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| .* \\| (`[^|]+`) \\|$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private static final List<String> doubts = new ArrayList<>();
    private static final Set<String> rows = new LinkedHashSet<>();

    @BeforeAll
    static void read() throws IOException {
        for (Path module : modules()) {
            try (Stream<Path> files = Files.walk(module)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                        .filter(f -> !f.endsWith("Doubt.java"))
                        .sorted()
                        .toList()) {
                    doubts.addAll(doubtsOf(file));
                }
            }
        }
        ROW.matcher(Files.readString(PAGE))
                .results()
                .flatMap(row -> QUOTED.matcher(row.group(1)).results())
                .map(quoted -> quoted.group(1))
                .forEach(rows::add);
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static List<String> doubtsOf(Path file) throws IOException {
        String source = Files.readString(file).replace(KEPT, "doubt");
        assertThat(source)
                .as(
                        "%s: a doubt has its text where it is made, so that a search finds it. Call Doubt.missed(\"…\") or another of these.",
                        file)
                .doesNotContain("new Doubt(");
        Matcher doubt = DOUBT.matcher(source);
        List<String> found = new ArrayList<>();
        while (doubt.find()) {
            assertThat(doubt.group("text"))
                    .as("%s: the text of \"%s\" is not between quotes there.", file, doubt.group())
                    .isNotNull();
            found.add(FILLED_IN.matcher(doubt.group("text")).replaceAll("…"));
        }
        return found;
    }

    @Test
    void every_doubt_is_in_the_page() {
        assertThat(doubts)
                .as(
                        "Doubts that docs/promises.md does not name. Add a row, with words of the doubt in its last column.")
                .hasSizeGreaterThan(30)
                .allSatisfy(
                        doubt -> assertThat(rows).filteredOn(doubt::contains).hasSize(1));
    }

    @Test
    void every_doubt_in_the_page_is_in_the_code() {
        assertThat(rows)
                .as("Words in docs/promises.md that no doubt in the code has: mend the last column, or remove the row.")
                .allSatisfy(row -> assertThat(doubts).anyMatch(doubt -> doubt.contains(row)));
    }
}
