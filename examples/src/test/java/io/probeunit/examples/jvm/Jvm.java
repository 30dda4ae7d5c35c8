package io.probeunit.examples.jvm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** {@link Heap} in Debian's OpenJDK 17. */
final class Jvm extends GenericContainer<Jvm> {

    private static final int PORT = 8080;
    private static final String CLASS = Heap.class.getName().replace('.', '/') + ".class";

    /** Kept from run to run, so that only the first has to build it. */
    private static final Future<String> IMAGE = new ImageFromDockerfile("probeunit-examples/jvm", false)
            .withFileFromClasspath(".", "jvm")
            .withFileFromClasspath("classes/" + CLASS, CLASS);

    private final HttpClient client = HttpClient.newHttpClient();

    Jvm(String... options) {
        super(IMAGE);
        withEnv("JDK_JAVA_OPTIONS", String.join(" ", options));
        withExposedPorts(PORT);
        waitingFor(Wait.forHttp("/ping").forStatusCode(204));
    }

    void get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://%s:%d%s".formatted(getHost(), getMappedPort(PORT), path));
        int status = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
        if (status != 204) {
            throw new IllegalStateException("%s: status %d".formatted(uri, status));
        }
    }

    /** The collections that {@code System.gc()} has caused, by the JVM's own log. */
    long fullCollections() throws IOException, InterruptedException {
        return execInContainer("cat", "/tmp/gc.log")
                .getStdout()
                .lines()
                .filter(line -> line.contains("Pause Full (System.gc())"))
                .count();
    }
}
