package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The helper of this machine's architecture, and its frames as docs/helper.md has them, right ones and wrong ones. */
final class RawHelper implements AutoCloseable {

    static final int ANSWER = 0;
    static final int OUTPUT = 1;
    static final int OUTPUT_END = 3;
    static final int ERRORS_END = 4;
    static final int EXIT = 5;

    static final int OWN = 0xf0000000;

    /** The numbers on x86-64 and on aarch64; asm/unistd_64.h, asm-generic/unistd.h. */
    private static final Map<String, List<Integer>> NUMBERS = Map.ofEntries(
            Map.entry("read", List.of(0, 63)),
            Map.entry("write", List.of(1, 64)),
            Map.entry("close", List.of(3, 57)),
            Map.entry("writev", List.of(20, 66)),
            Map.entry("nanosleep", List.of(35, 101)),
            Map.entry("getpid", List.of(39, 172)),
            Map.entry("kill", List.of(62, 129)),
            Map.entry("fcntl", List.of(72, 25)),
            Map.entry("ftruncate", List.of(77, 46)),
            Map.entry("openat", List.of(257, 56)),
            Map.entry("memfd_create", List.of(319, 279)));

    private static final int MAGIC = 0x314b5550;

    final Process process;
    private final OutputStream requests;
    private final DataInputStream told;
    private int lastId;

    private RawHelper(Process process) {
        this.process = process;
        this.requests = process.getOutputStream();
        this.told = new DataInputStream(process.getInputStream());
    }

    static RawHelper start() throws IOException {
        return start(List.of());
    }

    /** @param before a program that becomes the helper, and its arguments */
    static RawHelper start(List<String> before) throws IOException {
        List<String> command =
                Stream.concat(before.stream(), Stream.of(program().toString())).toList();
        return new RawHelper(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static Path program() {
        URL url =
                RawHelper.class.getResource("/io/probeunit/internal/kernel/helper-" + (isX86() ? "x86_64" : "aarch64"));
        assumeTrue(
                url != null || System.getProperty("helper.option", "").equals("--all"),
                "the build left the helper out, as its output says");
        assertThat(url).isNotNull();
        try {
            Path program = Path.of(url.toURI());
            assertThat(Files.isExecutable(program)).isTrue();
            return program;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isX86() {
        return System.getProperty("os.arch").equals("amd64");
    }

    /** A system call, or one of the helper's own, with arguments as they are, of the arena, or of an earlier call. */
    record Call(int number, int flags, List<Argument> arguments) {

        record Argument(int kind, long value) {}

        static Argument at(long offset) {
            return new Argument(1, offset);
        }

        static Argument resultOf(long call) {
            return new Argument(2, call);
        }

        static Call of(String name, Object... arguments) {
            return of(NUMBERS.get(name).get(isX86() ? 0 : 1), arguments);
        }

        static Call of(int number, Object... arguments) {
            return new Call(
                    number,
                    0,
                    Stream.of(arguments)
                            .map(argument -> argument instanceof Argument known
                                    ? known
                                    : new Argument(0, ((Number) argument).longValue()))
                            .toList());
        }

        Call with(int flags) {
            return new Call(number, flags, arguments);
        }
    }

    /** What is told of a request or a child. */
    record Told(int id, int kind, byte[] body) {

        ByteBuffer words() {
            return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        }

        int status() {
            return words().getInt(0);
        }

        List<Long> results() {
            assertThat(status()).isZero();
            List<Long> results = new ArrayList<>();
            for (int i = 0; i < words().getInt(4); i++) results.add(words().getLong(8 + 8 * i));
            return results;
        }

        /** The only range. */
        byte[] range() {
            int at = 8 + 8 * results().size();
            byte[] range = new byte[words().getInt(at)];
            words().position(at + 4).get(range);
            return range;
        }
    }

    /** The body of a request whose arena begins with the data, and whose answer has one range, or none where it is empty. */
    static byte[] calls(byte[] data, int arena, int rangeAt, int rangeLength, Call... calls) {
        int ranges = rangeLength > 0 ? 1 : 0;
        ByteBuffer body = ByteBuffer.allocate(24 + 64 * calls.length + 16 * ranges + data.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(1)
                .putInt(calls.length)
                .putInt(0)
                .putInt(ranges)
                .putInt(data.length)
                .putInt(arena);
        for (Call call : calls) {
            byte[] kinds = new byte[8];
            long[] values = new long[6];
            for (int i = 0; i < call.arguments().size(); i++) {
                kinds[i] = (byte) call.arguments().get(i).kind();
                values[i] = call.arguments().get(i).value();
            }
            body.putInt(call.number()).putInt(call.flags());
            for (long value : values) body.putLong(value);
            body.put(kinds);
        }
        if (ranges > 0) body.putInt(rangeAt).putInt(rangeLength).putInt(-1).putInt(0);
        return body.put(data).array();
    }

    static byte[] calls(Call... calls) {
        return calls(new byte[0], 0, 0, 0, calls);
    }

    static byte[] start(int number, String... command) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Stream.of("/", "/bin/" + command[0], "/usr/bin/" + command[0])
                .forEach(each -> text.writeBytes(terminated(each)));
        Stream.of(command).forEach(each -> text.writeBytes(terminated(each)));
        text.writeBytes(terminated("PATH=/usr/bin:/bin"));
        return ByteBuffer.allocate(24 + text.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(2)
                .putInt(number)
                .putInt(2)
                .putInt(command.length)
                .putInt(1)
                .putInt(text.size())
                .put(text.toByteArray())
                .array();
    }

    static byte[] terminated(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] frame(int id, byte[] body) {
        int sum = 0x811c9dc5 ^ id;
        for (byte each : body) sum = (sum ^ (each & 0xff)) * 0x01000193;
        return frame(MAGIC, body.length, id, sum, body);
    }

    static byte[] frame(int magic, int length, int id, int sum, byte[] body) {
        return ByteBuffer.allocate(16 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(magic)
                .putInt(length)
                .putInt(id)
                .putInt(sum)
                .put(body)
                .array();
    }

    void sendRaw(byte[] bytes) throws IOException {
        requests.write(bytes);
        requests.flush();
    }

    int send(byte[] body) throws IOException {
        sendRaw(frame(++lastId, body));
        return lastId;
    }

    Told next() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(told.readNBytes(16)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getInt(0)).isEqualTo(MAGIC);
        byte[] body = told.readNBytes(header.getInt(4));
        assertThat(body).hasSize(header.getInt(4));
        return new Told(header.getInt(8), header.getInt(12), body);
    }

    /** Sends it, and waits for its answer, whatever children print meanwhile. */
    Told ask(byte[] body) throws IOException {
        int id = send(body);
        Told next = next();
        while (next.kind() != ANSWER || next.id() != id) next = next();
        return next;
    }

    List<Long> results(Call... calls) throws IOException {
        return ask(calls(calls)).results();
    }

    void endInput() throws IOException {
        requests.close();
    }

    int status() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    /** Whether a process is there and no zombie. */
    static boolean runs(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(stat)) return false;
        String line = Files.readString(stat);
        return line.charAt(line.lastIndexOf(')') + 2) != 'Z';
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
