package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectCoverage;
import io.probeunit.annotations.ProbeCoverage;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.kit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** PostgreSQL's own tests do not reach all of its marks: {@code docs/coverage.md} lists the others. */
@Tag("languages")
@Tag("once")
@Testcontainers
@Timeout(1_200)
class RegressionTestsOfPostgresqlTest {

    /** It stays, to be looked at; a new run replaces the counts of its test. */
    private static final Path REPORT = Path.of("target/regression-tests-of-postgresql");

    private static final Path PAGE = Path.of("../docs/coverage.md");
    private static final String DEPENDS_ON_THE_DISK = "wal__buffer__write__dirty__";
    private static final Pattern LISTED = Pattern.compile("(?m)^postgresql:(\\w+)$");
    private static final Pattern NEVER = Pattern.compile(
            "\\{\"name\": \"postgresql:(\\w+)\", \"kind\": \"mark\", \"file\": 0, \"state\": \"never\"");

    @Container
    static final GenericContainer<?> db = new GenericContainer<>(TestImage.of("postgresql-regression"))
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));

    @Test
    void the_marks_that_never_fire_are_those_of_the_page() throws IOException {
        Subjects.run(Map.of("probeunit.coverage.folder", REPORT.toString()), Regression.class)
                .assertSucceeded(1);

        List<String> listed = names(LISTED, Files.readString(PAGE));
        assertThat(names(NEVER, Files.readString(REPORT.resolve("coverage.json"))))
                .isSubsetOf(listed)
                .containsAll(listed.stream()
                        .filter(mark -> !mark.startsWith(DEPENDS_ON_THE_DISK))
                        .toList());
        assertThat(listed).hasSize(6);
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(name -> name.group(1)).toList();
    }

    @ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
    @ProbeCoverage(marks = "postgresql:*")
    @ExpectCoverage(atLeast = "50%")
    static class Regression {

        @Probed
        static final GenericContainer<?> db = RegressionTestsOfPostgresqlTest.db;

        @Test
        void allPass() throws Exception {
            ExecResult run = db.execInContainer("sh", "-c", """
                    cd /src/src/test/regress && exec $(dirname $(pg_config --pgxs))/../test/regress/pg_regress \
                        --inputdir=. --outputdir=/tmp --bindir=$(pg_config --bindir) --dlpath=$PWD \
                        --schedule=parallel_schedule --max-concurrent-tests=20 \
                        --host=/var/run/postgresql --user=postgres
                    """);
            assertThat(run.getStdout()).contains("All 217 tests passed.");
        }
    }
}
