package io.probeunit.examples.jvm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The service under test: it collects its garbage when it is asked to. Runs in the container. */
final class Heap {

    private Heap() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/collect", Heap::collect);
        server.createContext("/ping", Heap::answer);
        server.start();
    }

    private static void collect(HttpExchange exchange) throws IOException {
        System.gc();
        answer(exchange);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
