package io.probeunit.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.examples.pages.Failures;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README is short, and its first test fails as it shows. That it passes, {@link RedisTest} shows. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Pattern TEST = Pattern.compile("```java\n(.*?class (\\w+) .*?)```", Pattern.DOTALL);
    private static final String AT_ONCE = "\"redis-cli\", \"mset\", \"apples\", \"3\", \"pears\", \"5\"";
    private static final String ONE_BY_ONE = "\"sh\", \"-c\", \"redis-cli set apples 3; redis-cli set pears 5\"";

    @Test
    void isShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void namesTheCommandsThatRunEverything() {
        assertThat(README).content().contains("./mvnw -Plab -pl examples -am verify", "./mvnw -Plab verify");
    }

    @Test
    void showsHowItsTestFails(@TempDir Path folder) throws Exception {
        Matcher test = TEST.matcher(Files.readString(README));
        assertThat(test.find()).as("a test class in the README").isTrue();
        assertThat(test.group(1)).contains(AT_ONCE);
        Path source = folder.resolve(test.group(2) + ".java");
        Files.writeString(source, test.group(1).replace(AT_ONCE, ONE_BY_ONE));

        int problems = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(problems).isZero();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
            Failures.of(loader.loadClass(test.group(2))).isShownIn("README.md");
        }
    }
}
