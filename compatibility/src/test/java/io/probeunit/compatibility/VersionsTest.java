package io.probeunit.compatibility;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.junit.ProbeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.AssertionFailedError;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * What touches JUnit and Testcontainers: callbacks, parameters, fields, stores, reports. The shell's own output is the
 * truth: a line for each call of {@code echo_builtin}.
 */
@Testcontainers
@Timeout(120)
class VersionsTest {

    @Container
    @Probed(binary = "/usr/bin/bash")
    static final GenericContainer<?> shell =
            new GenericContainer<>("debian:bookworm-slim").withCommand("sleep", "infinity");

    /** How often it said something. */
    static long say(int times) throws IOException, InterruptedException {
        return shell.execInContainer("bash", "-c", "for ((i = 0; i < %d; i++)); do echo $i; done".formatted(times))
                .getStdout()
                .lines()
                .count();
    }

    @Test
    void theVersionsAreThoseOfTheRow() {
        assertThat(jarOf(Test.class)).endsWith("-" + System.getProperty("compatibility.junit") + ".jar");
        assertThat(jarOf(GenericContainer.class))
                .endsWith("-" + System.getProperty("compatibility.testcontainers") + ".jar");
    }

    @Test
    @ExpectFunction(value = "echo_builtin", times = 3)
    void counts(Recording recording) throws Exception {
        assertThat(say(3)).isEqualTo(3);
        assertThat(recording).function("echo_builtin").firedTimes(3);
    }

    @Test
    @ExpectFunction(
            value = "echo_builtin",
            onReturn = true,
            capture = "return:s32",
            where = "return:s32 == 0",
            times = 2)
    void values() throws Exception {
        say(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @ProbeFunction("echo_builtin")
    void invocationsHaveRecordingsOfTheirOwn(int times, Recording recording) throws Exception {
        assertThat(recording).function("echo_builtin").firedTimes(say(times));
    }

    @RepeatedTest(2)
    @ExpectFunction(value = "echo_builtin", times = 1)
    void repeated() throws Exception {
        say(1);
    }

    @Nested
    @ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
    class WithOtherSettings {

        @BeforeEach
        @AfterEach
        void takesPart(Recording recording, TestInfo test) {
            assertThat(test.getDisplayName()).isNotEmpty();
            assertThat(recording.toString()).startsWith("Recording");
        }

        @Test
        @ExpectFunction(value = "echo_builtin", times = 2, container = "shell")
        void counts(Recording recording) throws Exception {
            say(2);
            assertThat(recording.engine()).isEqualTo("uprobe");
        }
    }

    @Nested
    class WithAContributedTarget {

        @RegisterExtension
        static final ProbeExtension more = ProbeExtension.builder()
                .target("other", "/usr/bin/bash", () -> shell)
                .build();

        @Test
        @ExpectFunction(value = "echo_builtin", times = 1, container = "other")
        void counts() throws Exception {
            say(1);
        }
    }

    @Test
    void aFailureTellsItsStory() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(Unmet.class))
                        .configurationParameter("probeunit.report.files", "NONE")
                        .execute()
                        .testEvents()
                        .finished()
                        .stream()
                        .map(e -> e.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .singleElement()
                .isInstanceOfSatisfying(AssertionFailedError.class, e -> {
                    assertThat(e).hasMessageContaining("1 of 1 expectation was not met");
                    assertThat(e.getExpected().getStringRepresentation())
                            .isEqualTo("function echo_builtin: exactly 2 times");
                    assertThat(e.getActual().getStringRepresentation()).isEqualTo("function echo_builtin: 1 time");
                });
    }

    static class Unmet {
        @Probed(binary = "/usr/bin/bash")
        static final GenericContainer<?> shell = VersionsTest.shell;

        @Test
        @ExpectFunction(value = "echo_builtin", times = 2)
        void test() throws Exception {
            say(1);
        }
    }

    /** JUnit's folder is below that of the build, where the reports of the tests before are. */
    @Nested
    class Reports {

        private static final Path FILE =
                Path.of("target/junit-jupiter", VersionsTest.class.getName(), "Reports", "first()", "probeunit.json");

        /** That of an earlier run. */
        @BeforeEach
        void remove() throws IOException {
            Files.deleteIfExists(FILE);
        }

        @Test
        @ExpectFunction(value = "echo_builtin", times = 1)
        void first() throws Exception {
            say(1);
        }

        @AfterEach
        void isWritten() {
            assertThat(Files.exists(FILE)).as("%s, in %s", FILE, folders()).isTrue();
        }

        private static String folders() {
            try (var files = Files.walk(Path.of("target"))) {
                return files.filter(f -> f.endsWith("probeunit.json")).toList().toString();
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
