package io.probeunit.conformance;

import io.probeunit.annotations.ExpectCoverage;
import io.probeunit.annotations.ProbeCoverage;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What did not fire may have fired unseen. */
@Timeout(120)
class CoverageInDoubtTest {

    @TempDir
    Path folder;

    @Test
    void a_container_that_restarts_makes_what_did_not_fire_inconclusive() throws IOException {
        Files.writeString(folder.resolve("fired.txt"), "alpha\nbeta\n");

        Outcomes outcomes = Subjects.run(
                Map.of(
                        "probeunit.snapshots.folder",
                        folder.toString(),
                        "probeunit.coverage.folder",
                        folder.resolve("report").toString()),
                Restarts.class);

        outcomes.passed("test");
        outcomes.failure("CoverageInDoubtTest$Restarts")
                .contains("verdict:      inconclusive")
                .contains("in doubt:     beta\n")
                .contains("started again");
    }

    @ProbeCoverage(functions = {"alpha", "beta"})
    @ExpectCoverage(snapshot = "fired.txt")
    @Testcontainers
    static class Restarts {
        @Container
        @Probed
        final TruthContainer container = new TruthContainer();

        @Test
        void test() {
            container.truth().call("alpha", 1);
            container
                    .getDockerClient()
                    .restartContainerCmd(container.getContainerId())
                    .exec();
        }
    }
}
