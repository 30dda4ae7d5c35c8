package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.JobContainer;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The tests run in a container that has the daemon's socket, as a CI service's job does. */
@Tag("once")
@Testcontainers
@Timeout(300)
class JobInAContainerTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @TempDir
    Path folder;

    @Test
    void the_sidecar_is_taken_and_it_is_said_why_not_the_job_itself() {
        try (JobContainer job = JobContainer.withSocket(folder);
                ChildJvm.Running jvm =
                        job.around(child(SidecarTest.Probing.class, "auto")).start()) {
            Sidecars sidecars = job.sidecars();

            Outcomes outcomes = jvm.outcomes();

            outcomes.passed("countsAndValues", "aGuardedMark", "fromASidecar");
            outcomes.entry("countsAndValues", "probeunit.host").isEqualTo("sidecar");
            outcomes.entry("countsAndValues", "probeunit.host.passed-over")
                    .startsWith("Host local: No engine can arm the probes")
                    .contains("CAP_BPF");
            sidecars.awaitNone(List.of());
        }
    }

    @Test
    void a_privileged_job_takes_the_sidecar_too_since_it_does_not_see_the_container() {
        try (JobContainer job = JobContainer.withSocket(folder).privileged()) {
            Outcomes outcomes =
                    job.around(child(SidecarTest.Probing.class, "auto")).run();

            outcomes.passed("countsAndValues", "aGuardedMark", "fromASidecar");
            outcomes.entry("countsAndValues", "probeunit.host.passed-over")
                    .startsWith("Host local: ")
                    .contains("is not visible on the host 'local'", "there is no process " + container.pid());
        }
    }

    @Test
    void local_is_an_error_that_says_what_to_do() {
        try (JobContainer job = JobContainer.withSocket(folder)) {
            job.around(child(SidecarTest.Probing.class, "local"))
                    .run()
                    .failure("countsAndValues")
                    .contains("No engine can arm the probes", "CAP_BPF", "Or set the host to SIDECAR");
        }
    }

    @Test
    void local_is_an_error_in_a_privileged_job_too() {
        try (JobContainer job = JobContainer.withSocket(folder).privileged()) {
            job.around(child(SidecarTest.Probing.class, "local"))
                    .run()
                    .failure("countsAndValues")
                    .contains("is not visible on the host 'local'", "Set the host to SIDECAR");
        }
    }

    @Test
    void a_killed_job_takes_its_sidecar_with_it() {
        try (JobContainer job = JobContainer.withSocket(folder);
                ChildJvm.Running jvm =
                        job.around(child(SidecarTest.Waiting.class, "auto")).start()) {
            jvm.awaitLine(SidecarTest.ARMED);
            Sidecars sidecars = job.sidecars();
            List<String> ids = sidecars.ids();
            assertThat(ids).hasSize(1);

            job.kill();

            sidecars.awaitNone(ids);
        }
    }

    /** The first process of each container has the same number, and no name is that of a process of this machine. */
    @Test
    void others_who_clean_up_leave_the_sidecar_of_a_job_that_lives() {
        try (JobContainer job = JobContainer.withSocket(folder.resolve("first"));
                JobContainer other = JobContainer.withSocket(folder.resolve("second"));
                ChildJvm.Running jvm =
                        job.around(child(SidecarTest.Waiting.class, "auto")).start()) {
            jvm.awaitLine(SidecarTest.ARMED);
            List<String> ids = job.sidecars().ids();
            assertThat(ids).hasSize(1);

            other.around(child(SidecarTest.Probing.class, "auto")).run().passed("fromASidecar");
            child(SidecarTest.Probing.class, "sidecar").run().passed("fromASidecar");

            assertThat(job.sidecars().ids()).isEqualTo(ids);
            jvm.tell("go on");
            jvm.outcomes().passed("waits");
        }
    }

    private static ChildJvm child(Class<?> subject, String host) {
        return ChildJvm.of(subject)
                .watching(container.getContainerId())
                .property("build.conformance.engine", "uprobe")
                .property("build.conformance.host", host);
    }
}
