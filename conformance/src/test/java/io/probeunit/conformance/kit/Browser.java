package io.probeunit.conformance.kit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A headless Chromium that is driven by the DevTools protocol. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    /**
     * Starts one.
     *
     * @param folder an empty one, for its profile
     */
    public Browser(Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program(),
                "--headless",
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars",
                "--window-size=1400,800",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile")));
        if (System.getProperty("user.name").equals("root")) {
            // Chromium refuses to run as root with it; the pages are our own
            command.add("--no-sandbox");
        }
        File log = folder.resolve("chromium.log").toFile();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Path port = folder.resolve("profile/DevToolsActivePort");
        Awaitility.await("Chromium, whose log is " + log)
                .atMost(PATIENCE)
                .until(() -> Files.exists(port) && !Files.readString(port).isBlank());
        address = "127.0.0.1:" + Files.readAllLines(port).get(0);
    }

    /** Debian's name, or Ubuntu's. */
    private static String program() {
        return Stream.of("chromium", "chromium-browser")
                .filter(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, name))))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "neither chromium nor chromium-browser is in PATH; lab/provision installs one"));
    }

    /** Opens a file. */
    public Page open(Path file) throws IOException, InterruptedException {
        String answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://%s/json/new?%s".formatted(address, file.toUri())))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Page page = new Page(JsonParser.parseString(answer)
                .getAsJsonObject()
                .get("webSocketDebuggerUrl")
                .getAsString());
        page.await("document.readyState", "complete");
        return page;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** A page that is open. */
    public final class Page implements WebSocket.Listener {

        private final WebSocket socket;
        private final AtomicInteger calls = new AtomicInteger();
        private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
        private final StringBuilder text = new StringBuilder();

        private Page(String url) {
            socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(url), this)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                if (message.has("id")) {
                    answers.get(message.get("id").getAsInt()).complete(message);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private JsonObject call(String method, String parameters) {
            int id = calls.incrementAndGet();
            CompletableFuture<JsonObject> answer = new CompletableFuture<>();
            answers.put(id, answer);
            socket.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
                    .join();
            try {
                JsonObject message = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (message.has("error")) {
                    throw new AssertionError(method + ": " + message.get("error"));
                }
                return message.getAsJsonObject("result");
            } catch (InterruptedException | TimeoutException | ExecutionException e) {
                throw new AssertionError(method, e);
            }
        }

        /** The value of an expression in the page; its promise is awaited. */
        public JsonElement value(String expression) {
            JsonObject parameters = new JsonObject();
            parameters.addProperty("expression", expression);
            parameters.addProperty("returnByValue", true);
            parameters.addProperty("awaitPromise", true);
            JsonObject result = call("Runtime.evaluate", parameters.toString());
            if (result.has("exceptionDetails")) {
                throw new AssertionError(expression + ": " + result);
            }
            return result.getAsJsonObject("result").get("value");
        }

        /** The value of an expression, as text. */
        public String text(String expression) {
            return value("String(%s)".formatted(expression)).getAsString();
        }

        /** The value of an expression, as a number. */
        public double number(String expression) {
            return value("Number(%s)".formatted(expression)).getAsDouble();
        }

        /** Waits until an expression has a value. */
        public void await(String expression, String expected) {
            Awaitility.await(expression)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> text(expression), expected::equals);
        }

        /** Moves the mouse. */
        public void move(double x, double y) {
            mouse("mouseMoved", x, y);
        }

        /** Clicks. */
        public void click(double x, double y) {
            move(x, y);
            mouse("mousePressed", x, y);
            mouse("mouseReleased", x, y);
        }

        private void mouse(String type, double x, double y) {
            call(
                    "Input.dispatchMouseEvent",
                    "{\"type\":\"%s\",\"x\":%s,\"y\":%s,\"button\":\"%s\",\"clickCount\":1}"
                            .formatted(type, x, y, type.equals("mouseMoved") ? "none" : "left"));
        }

        /** Presses a key. */
        public void press(String key) {
            String text = key.length() == 1 ? ",\"text\":\"%s\"".formatted(key) : "";
            call("Input.dispatchKeyEvent", "{\"type\":\"keyDown\",\"key\":\"%s\"%s}".formatted(key, text));
            call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\",\"key\":\"%s\"}".formatted(key));
        }

        /** Types text where the focus is. */
        public void type(String typed) {
            JsonObject parameters = new JsonObject();
            parameters.addProperty("text", typed);
            call("Input.insertText", parameters.toString());
        }

        /** What the system prefers: {@code light} or {@code dark}. */
        public void prefer(String look) {
            call(
                    "Emulation.setEmulatedMedia",
                    "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}".formatted(look));
        }

        /** A picture of the page, as PNG. */
        public byte[] picture() {
            return Base64.getDecoder()
                    .decode(call("Page.captureScreenshot", "{}").get("data").getAsString());
        }
    }
}
