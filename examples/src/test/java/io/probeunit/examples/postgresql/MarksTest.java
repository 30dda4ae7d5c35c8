package io.probeunit.examples.postgresql;

import io.probeunit.annotations.ExpectMarks;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Scripts and dashboards rely on the marks of the server: an upgrade that loses or changes one is noticed here. */
@Testcontainers
class MarksTest {

    @Container
    static final Postgresql db = new Postgresql();

    @Test
    @ExpectMarks(value = "postgresql", snapshot = "/markers/postgresql-15.txt")
    void areThoseOfPostgresql15() {}

    @Test
    void failsIfOneIsRenamedAndOneHasAnotherArgument() {
        Failures.of(Others.class).isShownIn("docs/examples/postgresql.md");
    }

    static class Others {
        @Probed
        static final Postgresql db = MarksTest.db;

        @Test
        @ExpectMarks(value = "postgresql", snapshot = "/markers/postgresql-others.txt")
        void areThoseOfPostgresql15() {}
    }
}
