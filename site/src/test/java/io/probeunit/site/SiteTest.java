package io.probeunit.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"#]*)(?:#([^\"]*))?\"");
    private static final Pattern NEEDED =
            Pattern.compile("(?:<(?:link|img|script|iframe)\\b[^>]*(?:href|src)=\")([^\"]*)\"");
    private static final Pattern FROM_OUTSIDE = Pattern.compile("url\\(|@import|\\bfetch\\(|XMLHttpRequest|https?:");

    @TempDir
    static Path site;

    @BeforeAll
    static void make() {
        Site.make(ROOT, site);
    }

    @Test
    void each_page_is_there() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            assertThat(pages.filter(Page::isPage).map(ROOT::relativize))
                    .hasSizeGreaterThan(40)
                    .allSatisfy(page -> assertThat(
                                    site.resolve(Page.read(ROOT, page).output()))
                            .exists());
        }
        assertThat(read(site.resolve("index.html"))).contains("<h1 id=\"probeunit\">ProbeUnit</h1>");
    }

    @Test
    void no_link_is_dead() {
        assertThat(html())
                .hasSizeGreaterThan(40)
                .flatMap(page -> LINK.matcher(read(page))
                        .results()
                        .filter(link -> !link.group(1).contains(":"))
                        .filter(link -> !leads(page, link.group(1), link.group(2)))
                        .map(link -> site.relativize(page) + ": " + link.group())
                        .toList())
                .isEmpty();
    }

    /** What a browser loads by itself; a reader may follow a link to anywhere. */
    @Test
    void nothing_is_asked_of_the_network() {
        assertThat(html())
                .allSatisfy(page -> assertThat(NEEDED.matcher(read(page)).results())
                        .isNotEmpty()
                        .allMatch(asset -> leads(page, asset.group(1), null), "is a file of the site"));
        assertThat(List.of("style.css", "search.js"))
                .allSatisfy(asset -> assertThat(read(site.resolve(asset))).doesNotContainPattern(FROM_OUTSIDE));
    }

    @Test
    void every_page_of_docs_is_in_the_navigation() {
        String first = read(site.resolve("index.html"));
        String navigation = first.substring(first.indexOf("<nav"), first.indexOf("</nav>"));

        assertThat(html())
                .filteredOn(
                        page -> site.relativize(page).toString().matches("docs/(examples/|recipes/)?[a-z-]+\\.html"))
                .hasSizeGreaterThan(30)
                .filteredOn(page -> !site.relativize(page).equals(Path.of("docs/index.html")))
                .allSatisfy(page -> assertThat(navigation).contains("href=\"" + site.relativize(page) + "\""));
    }

    @Test
    void the_search_knows_every_section() {
        String index = read(site.resolve("search-index.js"));

        assertThat(index)
                .startsWith("const PAGES = [")
                .contains("\"link\":\"docs/where-to-run.html#docker-in-docker\"")
                // no text can end the script, should it be put into a page
                .doesNotContain("</script");
        assertThat(Pattern.compile("\"link\":\"([^\"#]*)(?:#([^\"]*))?\"")
                        .matcher(index)
                        .results()
                        .toList())
                .hasSizeGreaterThan(200)
                .allMatch(link -> leads(site.resolve("index.html"), link.group(1), link.group(2)));
    }

    private static List<Path> html() {
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean leads(Path page, String file, @Nullable String anchor) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.isRegularFile(target) && (anchor == null || read(target).contains("id=\"" + anchor + "\""));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
