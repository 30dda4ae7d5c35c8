package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.ProcessStatus;
import io.probeunit.conformance.kit.ReportedRun;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * What a user gets who may speak with the Docker daemon, and has no other right. Where the suite says that it runs as such a
 * user, this JVM must really be one: else the rest would say nothing.
 */
@Tag("host")
@EnabledIfSystemProperty(
        named = "build.conformance.user",
        matches = "ordinary",
        disabledReason = "This run of the suite is one as root.")
@Testcontainers
@Timeout(120)
class OrdinaryUserTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    void this_jvm_may_speak_with_the_daemon_and_nothing_else() throws IOException {
        ProcessStatus status = ProcessStatus.ofThisJvm();

        assertThat(status.users()).hasSize(4).doesNotContain(0L);
        assertThat(status.groups()).hasSize(4).doesNotContain(0L);
        assertThat(status.moreGroups()).isEqualTo(groupsOfTheDaemon());
        assertThat(List.of("CapInh", "CapPrm", "CapEff", "CapAmb"))
                .allSatisfy(set -> assertThat(status.capabilities(set)).as(set).isZero());
        assertThat(Files.exists(Path.of("/proc/%d/root/opt".formatted(container.pid()))))
                .as("It sees the container's files by way of /proc")
                .isFalse();
    }

    @Test
    void auto_takes_the_sidecar_and_says_why_not_local() {
        Map<String, String> report =
                ReportedRun.of(Map.of("probeunit.host", "auto"), Probing.class).get(0);

        assertThat(report)
                .containsEntry("probeunit.host", "sidecar")
                .containsEntry("probeunit.engine", EngineUnderTest.name());
        assertThat(report.get("probeunit.host.passed-over"))
                .contains("Host local", EngineUnderTest.name(), "root")
                .doesNotContain("there is no");
    }

    /** Nothing else is missing on this machine, as far as such a user can know. */
    @Test
    void local_says_what_each_engine_lacks() {
        Subjects.run(Map.of("probeunit.host", "local", "probeunit.engine", "auto"), Probing.class)
                .failure("probes")
                .contains("stap: cannot work here", "uprobe: cannot work here", "perf: cannot work here")
                .contains("SIDECAR")
                .satisfies(story -> assertThat(story.lines().filter(line -> line.contains("root")))
                        .hasSizeGreaterThanOrEqualTo(3))
                .doesNotContain("there is no");
    }

    /** That of the daemon's socket, which the lab gives to this JVM. */
    private static List<Long> groupsOfTheDaemon() throws IOException {
        Number group = (Number) Files.getAttribute(Path.of("/var/run/docker.sock"), "unix:gid");
        return List.of(group.longValue());
    }

    static class Probing {
        @Probed
        static final TruthContainer container = OrdinaryUserTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        @ExpectMark(value = "truth:guarded", times = 2)
        void probes() {
            container.truth().call("alpha", 3);
            container.truth().call("guarded", 2);
        }
    }
}
