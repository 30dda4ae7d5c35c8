package io.probeunit.examples.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** PostgreSQL 15 as Debian packages it, with a table of 1,000 orders. */
public final class Postgresql extends GenericContainer<Postgresql> {

    private static final int PORT = 5432;

    /** Kept from run to run, so that only the first has to build it. */
    private static final Future<String> IMAGE =
            new ImageFromDockerfile("probeunit-examples/postgresql", false).withFileFromClasspath(".", "postgresql");

    public Postgresql() {
        super(IMAGE);
        withExposedPorts(PORT);
        waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/postgres?user=postgres".formatted(getHost(), getMappedPort(PORT)));
    }
}
