package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares {@code bom/pom.xml}, which has no parent, with the modules that are deployed. */
class BomTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(probeunit-[\\w-]+)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<$]+)</version>");

    private final String bom = read(ROOT.resolve("bom/pom.xml"));

    @Test
    void has_all_artifacts_that_are_deployed() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            List<String> deployed = folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::isRegularFile)
                    .map(BomTest::read)
                    .filter(pom -> pom.contains("<artifactId>probeunit-parent</artifactId>")
                            && !pom.contains("<maven.deploy.skip>true"))
                    .map(pom -> artifacts(pom).get(1))
                    .toList();

            assertThat(artifacts(bom).subList(1, artifacts(bom).size()))
                    .hasSizeGreaterThan(5)
                    .containsExactlyInAnyOrderElementsOf(deployed);
        }
    }

    @Test
    void has_the_version_of_the_project() {
        assertThat(first(VERSION, bom)).isEqualTo(first(VERSION, read(ROOT.resolve("pom.xml"))));
    }

    private static List<String> artifacts(String pom) {
        return ARTIFACT.matcher(pom).results().map(found -> found.group(1)).toList();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
