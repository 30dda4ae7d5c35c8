package io.probeunit.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import io.probeunit.examples.postgresql.Postgresql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The server encrypts what it sends: each answer goes through OpenSSL's {@code SSL_write}. */
@Testcontainers
class EncryptedTest {

    @Container
    @Probed(binary = "libssl.so.3")
    static final Postgresql db = new Postgresql();

    static {
        db.withCommand(
                "postgres",
                "-c",
                "ssl=on",
                "-c",
                "ssl_cert_file=/etc/ssl/certs/ssl-cert-snakeoil.pem",
                "-c",
                "ssl_key_file=/etc/ssl/private/ssl-cert-snakeoil.key");
    }

    private Connection session;

    /** Before the window: the handshake has writes of its own. */
    @BeforeEach
    void connect() throws SQLException {
        session = connect("require");
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
    }

    @Test
    @ExpectFunction("SSL_write")
    void theAnswerIsEncrypted() throws SQLException {
        assertThat(count(session)).isPositive();
    }

    @Test
    @ExpectFunction(value = "SSL_write", times = 0)
    void aSessionWithoutTlsEncryptsNothing() throws SQLException {
        try (Connection plain = connect("disable")) {
            assertThat(count(plain)).isPositive();
        }
    }

    @Test
    void failsIfTheClientFallsBackToPlainText() {
        Failures.of(FallsBack.class)
                .message()
                .contains("@ExpectFunction(\"SSL_write\")", "expected:  at least 1 time", "seen:      0 times");
    }

    /** Somebody has changed {@code sslmode}, and all other tests still pass. */
    static class FallsBack {
        @Probed(binary = "libssl.so.3")
        static final Postgresql db = EncryptedTest.db;

        @Test
        @ExpectFunction("SSL_write")
        void theAnswerIsEncrypted() throws SQLException {
            try (Connection session = EncryptedTest.connect("disable")) {
                count(session);
            }
        }
    }

    private static Connection connect(String sslmode) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://%s:%d/postgres?user=postgres&sslmode=%s"
                .formatted(db.getHost(), db.getMappedPort(5432), sslmode));
    }

    private static long count(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM orders")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
