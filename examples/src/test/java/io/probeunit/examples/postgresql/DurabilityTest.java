package io.probeunit.examples.postgresql;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Frame;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** COMMIT promises that the data is on disk: the server calls {@code fdatasync} of the C library before it answers. */
@Testcontainers
class DurabilityTest {

    @Container
    static final Postgresql db = new Postgresql();

    private Connection session;

    /** Before the window: opening a session is a transaction as well. */
    @BeforeEach
    void connect() throws SQLException {
        session = db.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
    }

    @Test
    @ExpectFunction(value = "fdatasync", binary = "libc.so.6")
    void aCommitIsOnDisk() throws SQLException {
        execute(session, "INSERT INTO orders (customer, apples) VALUES ('ann', 12)");
    }

    @Test
    @ProbeMark("transaction__start")
    @ProbeFunction(value = "fdatasync", binary = "libc.so.6")
    @ProbeMark("transaction__commit")
    void itIsOnDiskBeforeAnybodyCanSeeIt(Recording recording) throws SQLException {
        execute(session, "INSERT INTO orders (customer, apples) VALUES ('bob', 6)");

        assertThat(recording).firedInOrder("transaction__start", "fdatasync", "transaction__commit");
    }

    /** The frames are those of gdb; the package has no names for static functions. */
    @Test
    @ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
    @ProbeFunction(value = "fdatasync", binary = "libc.so.6", capture = "stack")
    void theSessionItselfWaitsForTheDisk(Recording recording) throws SQLException {
        execute(session, "INSERT INTO orders (customer, apples) VALUES ('dora', 3)");

        assertThat(recording)
                .function("fdatasync")
                .firings()
                .anySatisfy(flush -> assertThat(flush.stack())
                        .extracting(Frame::function)
                        .containsSubsequence(
                                "fdatasync",
                                "XLogFlush",
                                "CommitTransactionCommand",
                                "PostgresMain",
                                "PostmasterMain",
                                "main"));
    }

    /** The server's WAL writer flushes later, in a process of its own: so the question is who it was. */
    @Test
    @ProbeFunction(value = "fdatasync", binary = "libc.so.6")
    @ProbeMark("transaction__commit")
    void withoutSynchronousCommitTheSessionDoesNotWait(Recording recording) throws SQLException {
        execute(session, "SET synchronous_commit = off", "INSERT INTO orders (customer, apples) VALUES ('chloé', 1)");

        Firing commit = recording.mark("transaction__commit").list().get(0);
        assertThat(recording)
                .function("fdatasync")
                .firings()
                .extracting(Firing::pid)
                .doesNotContain(commit.pid());
    }

    @Test
    void failsIfTheExpectationIsTheOpposite() {
        Failures.of(NeverOnDisk.class)
                .message()
                .contains(
                        "@ExpectFunction(value = \"fdatasync\", times = 0, binary = \"libc.so.6\")",
                        "expected:  never",
                        "db, /usr/lib/x86_64-linux-gnu/libc.so.6");
    }

    static class NeverOnDisk {
        @Probed
        static final Postgresql db = DurabilityTest.db;

        @Test
        @ExpectFunction(value = "fdatasync", binary = "libc.so.6", times = 0)
        void aCommitIsNotOnDisk() throws SQLException {
            try (Connection session = db.connect()) {
                execute(session, "INSERT INTO orders (customer, apples) VALUES ('ann', 12)");
            }
        }
    }

    private static void execute(Connection session, String... statements) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
