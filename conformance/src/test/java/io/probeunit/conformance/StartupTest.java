package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.RestartPolicy;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.kit.TestImage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.MinimumDurationRunningStartupCheckStrategy;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.LazyFuture;

/** What a container does from its first instruction on, until it is ready. */
@Tag("once")
@Timeout(300)
class StartupTest {

    private static final LazyFuture<String> IMAGE = TestImage.of("starts", "starts");

    private static final String PROGRAM = "/opt/starts/starts";

    private static Outcomes run(String host, Class<?>... subjects) {
        return Subjects.run(Map.of("probeunit.engine", "UPROBE", "probeunit.host", host), subjects);
    }

    /** Ends within milliseconds. */
    private static GenericContainer<?> brief(String... command) {
        return new GenericContainer<>(IMAGE)
                .withCommand(command)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy());
    }

    private static GenericContainer<?> staying(String... command) {
        return new GenericContainer<>(IMAGE).withCommand(command).waitingFor(Wait.forLogMessage(".* calls.*", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCAL", "SIDECAR"})
    void every_call_of_a_program_that_ends_at_once_is_counted(String host) {
        Outcomes outcomes = run(host, OneShot.class);

        outcomes.assertSucceeded(1);
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 1000)
    @ExpectFunction(value = "rare", times = 0)
    static class OneShot {
        @Container
        static final GenericContainer<?> container = brief(PROGRAM, "1000");

        @Test
        void runs() {
            assertThat(container.getLogs()).contains("1000 calls");
        }
    }

    @Test
    void siblings_that_start_at_the_same_moment_do_not_count_however_often() {
        for (int round = 0; round < Math.max(1, Integer.getInteger("build.conformance.soak", 0) / 1000); round++) {
            run("LOCAL", AmongSiblings.class).assertSucceeded(20);
        }
    }

    @Testcontainers(parallel = true)
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", container = "container", times = 1000)
    static class AmongSiblings {
        @Container
        final GenericContainer<?> one = brief(PROGRAM, "777");

        @Container
        final GenericContainer<?> container = brief(PROGRAM, "1000");

        @Container
        final GenericContainer<?> two = brief(PROGRAM, "333");

        @RepeatedTest(20)
        void starts() {}
    }

    @Test
    void the_file_that_the_container_will_run_is_probed() {
        run("LOCAL", Script.class, StaticProgram.class, UpperLayer.class, ThroughALink.class)
                .assertSucceeded(4);
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", binary = "starts", times = 500)
    static class Script {
        @Container
        static final GenericContainer<?> container = staying("sh", "-c", "sleep 0.1; exec " + PROGRAM + " 500 stay")
                .withEnv("PATH", "/usr/bin:/bin:/opt/starts");

        @Test
        @ExpectFunction(value = "step", times = 0)
        void runs() {
            assertThat(container.isRunning()).isTrue();
        }
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 250)
    static class StaticProgram {
        @Container
        static final GenericContainer<?> container = brief(PROGRAM + "-static", "250");

        @Test
        void runs() {}
    }

    /** The image's lower layer has another file there, without this function. */
    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 40)
    static class UpperLayer {
        @Container
        static final GenericContainer<?> container = brief("/opt/starts/replaced", "40");

        @Test
        void runs() {}
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 50)
    static class ThroughALink {
        @Container
        static final GenericContainer<?> container = brief("/opt/new/linked", "50");

        @Test
        void runs() {}
    }

    @Test
    void each_start_counts() {
        Outcomes outcomes = run("LOCAL", StartedTwice.class);

        outcomes.passed("again");
        outcomes.failure("anotherProgram").contains("Start of container container", "exactly 100", "7 times");
    }

    @Testcontainers
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 100)
    static class StartedTwice {
        @Container
        static final GenericContainer<?> container = staying(PROGRAM, "100", "stay");

        @Test
        @Order(1)
        void again() {
            container.stop();
            container.start();
        }

        @Test
        @Order(2)
        void anotherProgram() {
            container.stop();
            container.setCommand(PROGRAM, "7", "stay");
            container.start();
        }
    }

    @Test
    void a_call_that_must_not_be_fails_the_class_before_its_tests() {
        Outcomes outcomes = run("LOCAL", Forbidden.class, ForbiddenLater.class);

        assertThat(outcomes.all()).hasSize(3);
        outcomes.failure("StartupTest$Forbidden")
                .contains("Start of container container (window = STARTUP)", "1 of 2 expectations was not met", "rare");
        outcomes.failure("one").contains("Start of container container (window = STARTUP)", "rare");
        outcomes.failure("two").contains("Start of container container (window = STARTUP)", "rare");
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 5)
    @ExpectFunction(value = "rare", times = 0)
    static class Forbidden {
        @Container
        static final GenericContainer<?> container = brief(PROGRAM, "5", "end", "rare");

        @Test
        void isNotReached() {}
    }

    /** The extension of Testcontainers comes later, so the class has no call that can fail. */
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "rare", times = 0)
    @Testcontainers
    static class ForbiddenLater {
        @Container
        static final GenericContainer<?> container = brief(PROGRAM, "5", "end", "rare");

        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Test
    void what_was_not_watched_from_the_first_instruction_is_said() {
        Outcomes outcomes =
                run("LOCAL", ModeIsChanged.class, Restarting.class, Started.class, Mounted.class, Never.class);

        outcomes.failure("StartupTest$ModeIsChanged").contains("inconclusive", "while the container started");
        outcomes.failure("StartupTest$Restarting").contains("inconclusive", "was started");
        outcomes.failure("StartupTest$Started").contains("PU1711");
        outcomes.failure("StartupTest$Mounted").contains("PU1701", "/opt/starts");
        outcomes.failure("isNotStarted").contains("PU1724");
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", binary = PROGRAM, times = 10)
    static class ModeIsChanged {
        @Container
        static final GenericContainer<?> container =
                staying("sh", "-c", "chmod 700 " + PROGRAM + "; exec " + PROGRAM + " 10 stay");

        @Test
        void isNotReached() {}
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 10)
    static class Restarting {
        @Container
        static final GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withCommand(PROGRAM, "10")
                .withCreateContainerCmdModifier(
                        command -> command.getHostConfig().withRestartPolicy(RestartPolicy.alwaysRestart()))
                .withStartupCheckStrategy(new MinimumDurationRunningStartupCheckStrategy(Duration.ofMillis(1)))
                .waitingFor(Wait.forLogMessage(".* calls.*", 2));

        @Test
        void isNotReached() {}
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 10)
    static class Started {
        @Container
        static final GenericContainer<?> container = brief(PROGRAM, "10");

        static {
            container.start();
        }

        @Test
        void isNotReached() {}
    }

    @Testcontainers
    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", binary = PROGRAM, times = 0)
    static class Mounted {
        @Container
        static final GenericContainer<?> container =
                new GenericContainer<>(IMAGE).withCommand("sleep", "60").withTmpFs(Map.of("/opt/starts", "rw"));

        @Test
        void isNotReached() {}
    }

    @ProbeSettings(window = ProbeSettings.Window.STARTUP)
    @ExpectFunction(value = "step", times = 0)
    static class Never {
        static final GenericContainer<?> container = brief(PROGRAM, "10");

        @Test
        void isNotStarted() {}
    }

    @Test
    void an_engine_that_needs_the_cgroup_is_refused() {
        Subjects.run(Map.of("probeunit.engine", "STAP", "probeunit.host", "LOCAL"), OneShot.class)
                .failure("StartupTest$OneShot")
                .contains("PU1703", "PU1702", "engine UPROBE");
    }
}
