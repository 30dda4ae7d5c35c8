package io.probeunit.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

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
import org.junit.platform.testkit.engine.EngineTestKit;

/** What the README shows can be copied and runs. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Pattern TEST = Pattern.compile("```java\n(.*?class (\\w+) .*?)```", Pattern.DOTALL);

    @Test
    void namesTheCommandsThatRunEverything() throws IOException {
        assertThat(README).content().contains("./mvnw -Plab -pl examples -am verify", "./mvnw -Plab verify");
    }

    @Test
    void itsFirstTestPasses(@TempDir Path folder) throws Exception {
        Shop.shopImage().get();
        Matcher test = TEST.matcher(Files.readString(README));
        assertThat(test.find()).as("a test class in the README").isTrue();
        Path source = Files.writeString(folder.resolve(test.group(2) + ".java"), test.group(1));

        int problems = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(problems).isZero();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(loader.loadClass(test.group(2))))
                    .execute()
                    .testEvents()
                    .assertStatistics(statistics -> statistics.started(1).succeeded(1));
        }
    }
}
