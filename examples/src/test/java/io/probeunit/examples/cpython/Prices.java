package io.probeunit.examples.cpython;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** A small service written in Python. See {@code cpython/prices.py}. */
final class Prices extends GenericContainer<Prices> {

    private static final int PORT = 8080;

    /** Kept from run to run, so that only the first has to build it. */
    private static final Future<String> IMAGE =
            new ImageFromDockerfile("probeunit-examples/cpython", false).withFileFromClasspath(".", "cpython");

    Prices(String... options) {
        super(IMAGE);
        withCommand(options);
        withExposedPorts(PORT);
        waitingFor(Wait.forLogMessage("OPEN\n", 1));
    }

    String ask(int quantity, String sku) throws IOException {
        try (Socket socket = new Socket(getHost(), getMappedPort(PORT))) {
            socket.getOutputStream()
                    .write("PRICE %d %s\n".formatted(quantity, sku).getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    /** The functions that it has called for some thing, as its profiler says. */
    List<String> calls(String sku) {
        return getLogs()
                .lines()
                .filter(line -> line.startsWith("CALL") && line.contains(sku))
                .map(line -> line.split(" ")[1])
                .toList();
    }
}
