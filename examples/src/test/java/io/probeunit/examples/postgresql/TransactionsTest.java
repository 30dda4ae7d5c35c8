package io.probeunit.examples.postgresql;

import static io.probeunit.assertj.ProbeAssertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Marks of transactions fire as often as the server's own statistics say. */
@Testcontainers
class TransactionsTest {

    @Container
    static final Postgresql db = new Postgresql();

    private Connection session;
    private Statistics before;

    @BeforeEach
    void connect() throws SQLException {
        session = db.connect();
        before = statistics();
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
    }

    @Test
    @ProbeMark("transaction__commit")
    @ProbeMark("transaction__abort")
    @ExpectMark(value = "transaction__start", times = 12)
    void areThoseThatTheServerCounts(Recording recording) throws SQLException {
        for (int apples = 1; apples <= 7; apples++) {
            execute("INSERT INTO orders (customer, apples) VALUES ('ann', %d)".formatted(apples));
        }
        execute("BEGIN", "DELETE FROM orders", "ROLLBACK");
        execute("BEGIN", "DELETE FROM orders", "ROLLBACK");
        execute("BEGIN", "UPDATE orders SET apples = 1", "UPDATE orders SET apples = 2", "COMMIT");

        // a reading has two transactions, the second of which counts in the next reading
        Statistics after = statistics();
        assertThat(recording).mark("transaction__commit").firedTimes(after.commits() - before.commits());
        assertThat(recording).mark("transaction__abort").firedTimes(after.rollbacks() - before.rollbacks());
    }

    private record Statistics(long commits, long rollbacks) {}

    private Statistics statistics() throws SQLException {
        execute("SELECT pg_stat_force_next_flush()");
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT xact_commit, xact_rollback FROM pg_stat_database WHERE datname = current_database()")) {
            row.next();
            return new Statistics(row.getLong(1), row.getLong(2));
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
