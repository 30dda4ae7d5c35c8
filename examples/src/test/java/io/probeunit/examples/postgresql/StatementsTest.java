package io.probeunit.examples.postgresql;

import static io.probeunit.assertj.ProbeAssertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What the server makes of a statement: whether it parses it, and whether it has to sort. */
@Testcontainers
class StatementsTest {

    @Container
    static final Postgresql db = new Postgresql();

    private Connection session;

    @BeforeEach
    void connect() throws SQLException {
        session = db.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
    }

    @Test
    @ExpectMark(value = "query__start", times = 1, where = "arg1:string == SELECT count(*) FROM orders")
    void aQueryCarriesItsText() throws Exception {
        db.execInContainer("psql", "-c", "SELECT count(*) FROM orders");
    }

    /** JDBC prepares statements, which are parsed and executed in steps of their own: no query starts. */
    @Test
    @ExpectMark(value = "query__start", times = 0)
    @ExpectMark(value = "query__parse__start", times = 5, where = "arg1:string =~ ^INSERT INTO orders")
    @ExpectMark(value = "transaction__commit", times = 20)
    void aPreparedStatementIsNotParsedAgainAndAgain() throws SQLException {
        try (PreparedStatement insert =
                session.prepareStatement("INSERT INTO orders (customer, apples) VALUES (?, ?)")) {
            for (int apples = 1; apples <= 20; apples++) {
                insert.setString(1, "ann");
                insert.setInt(2, apples);
                insert.executeUpdate();
            }
        }
    }

    @Test
    @ExpectMark(value = "sort__start", times = 0)
    void theLatestOrdersComeFromTheIndex() throws SQLException {
        execute("SELECT * FROM orders ORDER BY id DESC LIMIT 10");
    }

    /** The mark stands at four places of the server, one for each kind of sort, and its first argument is the kind. */
    @Test
    @ProbeMark(value = "sort__start", capture = "arg1")
    @ExpectMark(value = "sort__done", times = 0, where = "arg1 == 1")
    void sortsAreOfSeveralKindsAndFitIntoMemory(Recording recording) throws SQLException {
        execute("SELECT * FROM orders ORDER BY customer");
        execute("CREATE INDEX ON orders (customer)");
        execute("SELECT count(DISTINCT apples) FROM orders");

        assertThat(recording)
                .mark("sort__start")
                .firings()
                .extracting(sort -> sort.captures().get("arg1"))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void failsIfThereIsNoIndex() {
        Failures.of(WithoutAnIndex.class).isShownIn("docs/examples/postgresql.md");
    }

    static class WithoutAnIndex {
        @Probed
        static final Postgresql db = StatementsTest.db;

        @Test
        @ExpectMark(value = "sort__start", times = 0)
        @ExpectMark(value = "query__start", times = 1, where = "arg1:string =~ ORDER BY id")
        void theLatestOrdersComeFromTheIndex() throws Exception {
            db.execInContainer("psql", "-c", "SELECT * FROM orders ORDER BY apples");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
