package io.probeunit.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.examples.postgresql.Postgresql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What is in the cache costs the database nothing: it executes no query. */
@Testcontainers
class CacheTest {

    @Container
    static final Postgresql db = new Postgresql();

    @Container
    static final GenericContainer<?> cache = new GenericContainer<>(new ImageFromDockerfile("first-test/redis", false)
                    .withDockerfileFromBuilder(dockerfile -> dockerfile
                            .from("debian:bookworm-slim")
                            .run("apt-get update && apt-get install -y --no-install-recommends redis-server")
                            .cmd("redis-server", "--appendonly", "yes", "--appendfsync", "always")))
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

    private Connection session;

    @BeforeEach
    void connect() throws Exception {
        session = db.connect();
        redis("flushall");
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
    }

    @Test
    @ExpectMark(value = "query__execute__start", container = "db", times = 1)
    @ExpectFunction(value = "getCommand", container = "cache", times = 1)
    @ExpectFunction(value = "setCommand", container = "cache", times = 1)
    void aMissAsksTheDatabaseAndFillsTheCache() throws Exception {
        assertThat(apples("ann")).isNotEmpty();
    }

    @Test
    @ExpectMark(value = "query__execute__start", container = "db", times = 1)
    @ExpectFunction(value = "getCommand", container = "cache", times = 3)
    void aHitCostsNoQuery() throws Exception {
        String first = apples("ann");

        assertThat(apples("ann")).isEqualTo(first);
        assertThat(apples("ann")).isEqualTo(first);
    }

    /** The code that is tested: an answer of the database is kept in the cache. */
    private String apples(String customer) throws Exception {
        String known = redis("get", customer);
        if (!known.isEmpty()) {
            return known;
        }
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sum(apples) FROM orders")) {
            rows.next();
            String apples = rows.getString(1);
            redis("set", customer, apples);
            return apples;
        }
    }

    private static String redis(String... command) throws IOException, InterruptedException {
        String[] client = new String[command.length + 1];
        client[0] = "redis-cli";
        System.arraycopy(command, 0, client, 1, command.length);
        return cache.execInContainer(client).getStdout().strip();
    }
}
