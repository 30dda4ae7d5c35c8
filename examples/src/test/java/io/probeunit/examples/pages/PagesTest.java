package io.probeunit.examples.pages;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code on the pages is that of the examples. */
class PagesTest {

    private static final Path PAGES = Path.of("../docs/examples");
    private static final Path README = Path.of("../README.md");
    private static final Path SOURCES = Path.of("src/test");
    private static final Pattern BLOCK = Pattern.compile("```(?:java|python|cpp|dockerfile)\n(.*?)```", Pattern.DOTALL);

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return Stream.concat(Stream.of(README), files.sorted()).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showCodeThatRuns(Path page) throws IOException {
        String sources = sources();
        List<String> blocks = BLOCK.matcher(Files.readString(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(sources).contains(unindented(block)));
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile).map(PagesTest::read).collect(joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return unindented(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(joining("\n")).strip();
    }
}
