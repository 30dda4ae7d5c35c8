package io.probeunit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code on the pages is that of the examples, which are compiled and run. */
class CodeOnPagesTest {

    private static final Path README = Path.of("../README.md");
    private static final Path PAGES = Path.of("../docs");
    private static final List<Path> SOURCES = List.of(
            Path.of("../examples/src/test"), Path.of("../compatibility"), Path.of("../conformance/src/test/java"));
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^```(?:java|kotlin|python|cpp|dockerfile)\n(?!// build.gradle)(.*?)```", Pattern.DOTALL);

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return Stream.concat(
                            Stream.of(README),
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .filter(page -> BLOCK.matcher(read(page)).find())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void show_code_that_runs(Path page) throws IOException {
        String sources = sources();
        assertThat(BLOCK.matcher(read(page))
                        .results()
                        .map(block -> block.group(1))
                        .filter(block -> !sources.contains(withoutSpace(block))))
                .as("code of %s that is in no example", page)
                .isEmpty();
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = SOURCES.stream().flatMap(CodeOnPagesTest::filesIn)) {
            return files.filter(file -> !file.toString().contains("/target/"))
                    .map(file -> withoutSpace(read(file)))
                    .collect(joining("\n"));
        }
    }

    private static Stream<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page may break lines elsewhere than the formatter does. */
    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
