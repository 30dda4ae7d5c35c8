package io.probeunit.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

@Testcontainers
@SpringBootTest(classes = OrdersTest.Shop.class, properties = "spring.datasource.hikari.maximum-pool-size=1")
class OrdersTest {

    @Container
    @ServiceConnection
    static final PostgreSQLContainer db = new PostgreSQLContainer(image())
            .withUsername("postgres")
            .withDatabaseName("postgres")
            .withCommand("postgres");

    @EnableAutoConfiguration
    static class Shop {}

    @Autowired
    private JdbcTemplate jdbc;

    static {
        db.waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));
    }

    /** The pool opens its session before the window: that is a transaction too. */
    @BeforeEach
    void connect() {
        assertThat(jdbc.queryForObject("SELECT 1", Integer.class)).isEqualTo(1);
    }

    @Test
    @ExpectFunction(value = "fdatasync", binary = "libc.so.6")
    @ExpectMark(value = "query__parse__start", where = "arg1:string =~ ^INSERT INTO orders", times = 1)
    void anOrderIsOnDisk() {
        jdbc.update("INSERT INTO orders (customer, apples) VALUES (?, ?)", "ann", 3);
    }

    /** Debian's PostgreSQL, which has marks. */
    private static DockerImageName image() {
        String image = new ImageFromDockerfile("probeunit-examples/postgresql", false)
                .withFileFromPath(".", Path.of("../../examples/src/test/resources/postgresql"))
                .get();
        return DockerImageName.parse(image).asCompatibleSubstituteFor("postgres");
    }
}
