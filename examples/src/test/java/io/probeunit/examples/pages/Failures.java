package io.probeunit.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * A test that is run to see it fail, and what it says then.
 *
 * @param text the failure, as a person sees it
 */
public record Failures(String text) {

    private static final Path PROJECT = Path.of("..");

    /** Which host and engine a machine does not have is not for a page. */
    private static final Pattern CIRCUMSTANCES =
            Pattern.compile("\n(?:Probed from the host '|Passed over: ).*(?:\n(?!Note: ).*)*");

    /** Engines differ in this. */
    private static final Pattern STACK = Pattern.compile("\n   stack:.*(?:\n {14}.*)*");

    /** Runs a class whose only test must fail. */
    public static Failures of(Class<?> test) {
        List<Throwable> failures = EngineTestKit.engine("junit-jupiter")
                // an update of the snapshots is not for one that is wrong on purpose
                .configurationParameter("probeunit.snapshots", "compare")
                .selectors(selectClass(test))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(1).failed(1))
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
        return new Failures(failures.get(0).toString());
    }

    /** Goes on with the message. */
    public AbstractStringAssert<?> message() {
        return assertThat(text);
    }

    /**
     * Demands that a page of the project shows it, without stacks; times, processes, folders, the host and the engine may be
     * others.
     */
    public void isShownIn(String page) {
        isShownIn(page, STACK.matcher(text).replaceAll(""));
    }

    /** Demands that a page of the project shows it, with its stacks; offsets in files may be others. */
    public void isShownWithStackIn(String page) {
        assertThat(text).containsPattern(STACK);
        isShownIn(page, text);
    }

    private void isShownIn(String page, String shown) {
        assertThat(fixed(read(PROJECT.resolve(page))))
                .as("%s, which should show this:%n%n%s%n%n", page, text)
                .contains(fixed(CIRCUMSTANCES.matcher(shown).replaceAll("")));
    }

    private static String fixed(String text) {
        return text.replaceAll("\\d+\\.\\d+ m?s\\b", "TIME")
                .replaceAll("\\b\\d+/\\d+\\b", "PROCESS")
                .replaceAll("/\\S*/src/test/resources", "RESOURCES")
                .replaceAll("\\(engine \\w+\\)", "(ENGINE)")
                .replaceAll("\\+0x[0-9a-f]+", "+OFFSET")
                .replaceAll(" +", " ");
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
