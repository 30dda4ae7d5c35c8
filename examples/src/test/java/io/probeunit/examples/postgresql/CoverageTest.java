package io.probeunit.examples.postgresql;

import io.probeunit.annotations.ExpectCoverage;
import io.probeunit.annotations.ProbeCoverage;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The marks of the server do not only exist: the work that they are about makes them fire. */
@Testcontainers
@ProbeCoverage(marks = "postgresql:*")
@ExpectCoverage(atLeast = "40%", snapshot = "/markers/postgresql-15.fired.txt")
class CoverageTest {

    @Container
    static final Postgresql db = new Postgresql();

    @Test
    void queries() throws Exception {
        sql("SELECT customer, count(*) FROM orders GROUP BY customer ORDER BY 2 DESC");
    }

    @Test
    void changes() throws Exception {
        sql("BEGIN; UPDATE orders SET apples = apples + 1; ROLLBACK");
        sql("CHECKPOINT");
    }

    private static void sql(String statements) throws Exception {
        db.execInContainer("psql", "-c", statements);
    }
}
