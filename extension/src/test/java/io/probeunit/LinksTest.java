package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A link of a page to a file or a heading of this project leads there. */
class LinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");

    /** Of a heading's text, what GitHub leaves out of its anchor. */
    private static final Pattern NO_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");

    static List<Path> pages() throws IOException {
        try (Stream<Path> all = Stream.of(
                        ROOT,
                        ROOT.resolve("docs"),
                        ROOT.resolve("lab"),
                        ROOT.resolve("findings"),
                        ROOT.resolve(".github"))
                .filter(Files::isDirectory)
                .flatMap(LinksTest::pagesIn)) {
            return all.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void lead_somewhere(Path page) {
        assertThat(LINK.matcher(CODE.matcher(read(page)).replaceAll("code"))
                        .results()
                        .filter(link -> !link.group(1).contains(":"))
                        .filter(link -> !leads(page, link.group(1), link.group(2)))
                        .map(MatchResult::group))
                .as("links of %s that lead nowhere", page)
                .isEmpty();
    }

    private static boolean leads(Path page, String file, String anchor) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (anchor == null || anchors(target).anyMatch(anchor::equals));
    }

    private static Stream<Path> pagesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder, folder.equals(ROOT) ? 1 : Integer.MAX_VALUE)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> anchors(Path page) {
        return HEADING.matcher(read(page))
                .results()
                .map(heading -> NO_ANCHOR
                        .matcher(heading.group(1).toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .replace(' ', '-'));
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
