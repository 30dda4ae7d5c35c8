package io.probeunit.examples.shop;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** A client of the shop: a small service written in C, which says in its log what it does. See {@code shop/shop.c}. */
final class Shop {

    private static final int PORT = 8080;

    /** Kept from run to run, so that only the first has to build it. */
    private static final Future<String> IMAGE =
            new ImageFromDockerfile("probeunit-examples/shop", false).withFileFromClasspath(".", "shop");

    private final GenericContainer<?> container;

    Shop(GenericContainer<?> container) {
        this.container = container;
    }

    /** Builds the shop's image, with the compiler in the image: this machine needs Docker only. */
    static Future<String> shopImage() {
        return IMAGE;
    }

    /** Orders apples: {@code PLACED <id>}, or {@code REJECTED <id> <reason>}. */
    String order(int id, String customer, int quantity) {
        return ask("ORDER %d %s %d".formatted(id, customer, quantity));
    }

    /** Orders apples that a forked worker wraps; the shop answers before that is done. */
    String orderAsGift(int id, String customer, int quantity) {
        return ask("ORDER %d %s %d gift".formatted(id, customer, quantity));
    }

    /** Returns when all gifts are wrapped. */
    void awaitGifts() {
        ask("WAIT");
    }

    /** Reads everything that the shop has logged until now. */
    ShopLog log() {
        String note = "until here: " + UUID.randomUUID();
        ask("NOTE " + note);
        String log = await().atMost(Duration.ofSeconds(10)).until(container::getLogs, text -> text.contains(note));
        return new ShopLog(log.lines().toList());
    }

    private String ask(String request) {
        try (Socket socket = new Socket(container.getHost(), container.getMappedPort(PORT))) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("The shop did not answer: " + request, e);
        }
    }
}
