package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Info;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.ReportedRun;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The Docker daemon is on another machine, with another kernel; nothing is set but its address. */
@Tag("vm")
@Tag("remote")
@Testcontainers
@Timeout(300)
class RemoteDaemonTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    /** Else the others of this run show less than they seem to. */
    @Test
    void its_cgroups_are_those_of_systemd_in_version_2() {
        Info info = DockerClientFactory.instance().client().infoCmd().exec();

        assertThat(info.getRawValues()).containsEntry("CgroupDriver", "systemd").containsEntry("CgroupVersion", "2");
        assertThat(info.getKernelVersion()).isNotEqualTo(System.getProperty("os.version"));
    }

    @Test
    void auto_takes_the_sidecar_and_says_why_not_local() {
        List<Map<String, String>> reports =
                ReportedRun.of(Map.of("probeunit.host", "auto", "probeunit.engine", "auto"), Probing.class);

        assertThat(reports).hasSize(1).allSatisfy(report -> {
            assertThat(report.get("probeunit.host")).containsIgnoringCase("sidecar");
            assertThat(report.get("probeunit.host.passed-over")).containsIgnoringCase("local");
            assertThat(report).containsEntry("probeunit.engine", "uprobe");
            assertThat(report.get("probeunit.engine.passed-over"))
                    .as("Why not SystemTap, whose counts would be wrong")
                    .contains("preemption model 'lazy'");
        });
    }

    @Test
    void local_says_that_the_container_is_elsewhere() {
        Subjects.run(Map.of("probeunit.host", "local", "probeunit.engine", "uprobe"), Probing.class)
                .failure("counts")
                .contains("The Docker daemon runs on another machine", "SIDECAR");
    }

    static class Probing {
        @Probed
        static final TruthContainer container = RemoteDaemonTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        @ExpectMark(value = "truth:guarded", times = 2, where = "arg1 > 0")
        void counts(Recording recording) {
            assertThat(container.truth().call("alpha", 3)).isEqualTo(3);
            assertThat(container.truth().call("guarded", 3)).isEqualTo(3);
        }
    }
}
