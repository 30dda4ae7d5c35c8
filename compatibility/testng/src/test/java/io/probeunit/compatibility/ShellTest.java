package io.probeunit.compatibility;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.OpenProbes;
import io.probeunit.ProbeException;
import io.probeunit.Probes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testng.annotations.AfterClass;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

/** The shell's own output is the truth: a line for each call of {@code echo_builtin}. */
public class ShellTest {

    private final GenericContainer<?> shell =
            new GenericContainer<>("debian:bookworm-slim").withCommand("sleep", "infinity");

    private OpenProbes probes;

    @BeforeClass
    public void start() {
        shell.start();
    }

    @AfterClass
    public void stop() {
        shell.stop();
    }

    @BeforeMethod
    public void open() {
        probes = Probes.on(shell).binary("/usr/bin/bash").function("echo_builtin").open();
    }

    @AfterMethod
    public void close() {
        probes.close();
    }

    @Test
    public void thereIsNoJUnit() {
        for (String name : new String[] {
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.extension.ExtendWith",
            "org.junit.platform.commons.JUnitException",
            "org.opentest4j.AssertionFailedError",
            "org.junit.Test"
        }) {
            assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @DataProvider
    public Object[][] times() {
        return new Object[][] {{0}, {1}, {4}};
    }

    @Test(dataProvider = "times")
    public void counts(int times) throws Exception {
        assertThat(say(times)).isEqualTo(times);

        assertThat(probes.recording()).function("echo_builtin").firedTimes(times);
    }

    @Test
    public void aFailedAssertionShowsWhatFired() throws Exception {
        say(2);

        assertThatThrownBy(() -> assertThat(probes.recording())
                        .function("echo_builtin")
                        .neverFired())
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("echo_builtin", "2 times", "bash");
    }

    @Test
    public void whatIsNotThereIsAnError() {
        assertThatThrownBy(
                        () -> Probes.on(shell).binary("/usr/bin/bash").function("echo_buildin").open())
                .isInstanceOf(ProbeException.class)
                .hasMessageContainingAll("function(\"echo_buildin\")", "echo_builtin");
        assertThatThrownBy(() -> probes.recording().function("printf_builtin"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("function(\"printf_builtin\")");
    }

    @DataProvider
    public Object[][] hosts() {
        return new Object[][] {{"LOCAL"}, {"SIDECAR"}};
    }

    /** With nothing on the class path that runs tests. */
    @Test(dataProvider = "hosts")
    public void aMainMethodCounts(String host) throws Exception {
        String classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("testng") || entry.endsWith("test-classes"))
                .filter(entry -> !entry.contains("surefire"))
                .collect(Collectors.joining(File.pathSeparator));
        Process main = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        classPath,
                        "-Dprobeunit.engine=UPROBE",
                        "-Dprobeunit.host=" + host,
                        "--enable-native-access=ALL-UNNAMED",
                        ShellMain.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(main.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(main.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output).contains("echo_builtin fired 3 times, counted by uprobe");
        assertThat(main.exitValue()).isZero();
    }

    /** How often it said something. */
    private long say(int times) throws IOException, InterruptedException {
        return shell.execInContainer("bash", "-c", "for ((i = 0; i < %d; i++)); do echo $i; done".formatted(times))
                .getStdout()
                .lines()
                .count();
    }
}
