package io.probeunit.conformance.truth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A connection to the truth program, which does what it is told and says what it has done; see {@code truth/truth.c}.
 *
 * <p>A request takes about 0.1 ms. When a method returns, everything that it asked for has happened. Thread-safe; requests
 * of one connection follow each other.
 */
public final class Truth implements AutoCloseable {

    /** A place in the memory of the program where a string can stand. */
    public enum Place {
        /** A static variable. */
        STATIC,
        /** The heap. */
        HEAP,
        /** The stack. */
        STACK,
        /** A page that was mapped and not touched: who reads it first causes a page fault. */
        COLD,
        /** The same, and the page is not even in the page cache: who reads it waits for the disk. */
        EVICTED,
        /** Data of the program's own file that nobody has touched; the text is {@link #TEXT_OF_BINARY}. */
        BINARY
    }

    /** What stands at {@link Place#BINARY}. */
    public static final String TEXT_OF_BINARY = "binary";

    private static final int TIMEOUT_MILLIS = 120_000;

    private final Socket socket;
    private final BufferedReader answers;
    private final OutputStream requests;

    /** Connects to a truth program that serves. */
    public static Truth connect(String host, int port) {
        try {
            return new Truth(host, port);
        } catch (IOException e) {
            throw new UncheckedIOException("No connection to %s:%d".formatted(host, port), e);
        }
    }

    private Truth(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        requests = socket.getOutputStream();
    }

    /** Does nothing, and answers. */
    public void ping() {
        ask("ping");
    }

    /** Runs a function or passes a mark in a tight loop; the number of times that it really did. */
    public long call(String name, long times) {
        return ask("call %s %d".formatted(name, times)).count(name);
    }

    /** The same in several threads and children at once, on all CPUs, each so many times; the number in all. */
    public long spread(String name, int threads, int forks, long timesEach) {
        return ask("spread %s %d %d %d".formatted(name, threads, forks, timesEach))
                .count(name);
    }

    /** The same in children one after the other, which end at once; also tells {@code shortest_us}, a child's life. */
    public Answer children(String name, int children, long timesEach) {
        return ask("children %s %d %d".formatted(name, children, timesEach));
    }

    /** Calls {@code take_TYPE}; the value that it saw. */
    public long take(String type, long value) {
        return ask("take %s %s".formatted(type, text(type, value))).value("value");
    }

    /** Calls {@code give_TYPE}; the value that it returned. */
    public long give(String type, long value) {
        return ask("give %s %s".formatted(type, text(type, value))).value("value");
    }

    /** Calls {@code take_six} with six longs. */
    public void takeSix(long... values) {
        ask("six " + words(values));
    }

    /** Calls {@code take_string}; also tells whether the page was {@code mapped}, and {@code cached}, just before. */
    public Answer takeString(Place place, String text) {
        return ask("take string %s %s".formatted(word(place), hex(text)));
    }

    /** Calls {@code give_string}, which returns the text. */
    public void giveString(Place place, String text) {
        ask("give string %s %s".formatted(word(place), hex(text)));
    }

    /** Passes {@code truth:gamma(s32, string)}: at site 1 with its operands in registers, at site 2 in memory. */
    public void gamma(int site, int n, String text) {
        ask("gamma %d %d %s".formatted(site, n, hex(text)));
    }

    /** Passes {@code truth:delta(s16, u8, string)}. */
    public void delta(int n, int m, String text) {
        ask("delta %d %d %s".formatted(n, m, hex(text)));
    }

    /**
     * Passes {@code truth:integers(s8, u8, s16, u16, s32, u32, s64, u64)}: at site 1 with its operands in registers, at
     * site 2 behind a pointer, at site 3 in a variable. 4 is site 2 with the values in a page that nobody has touched.
     */
    public void integers(int site, long... values) {
        ask("integers %d %s".formatted(site, words(values)));
    }

    /** Passes {@code truth:constants}, which is always {@code (-1, 4294967295, -300, 0x0123456789abcdef)}. */
    public void constants() {
        ask("constants");
    }

    /** Passes {@code truth:indexed} with an element of a table; the element. */
    public long indexed(int index) {
        return ask("indexed " + index).value("value");
    }

    /** Passes {@code truth:words(string)}. */
    public void words(Place place, String text) {
        ask("words %s %s".formatted(word(place), hex(text)));
    }

    /** Passes {@code truth:twin} and {@code other:twin}. */
    public void twins(int n) {
        ask("twin " + n);
    }

    /** Begins to call a function on and on, in a thread of its own. */
    public void startBackground(String name, int pauseMicros) {
        ask("background start %s %d".formatted(name, pauseMicros));
    }

    /** How often the background thread has called until now; it may be in one call more. */
    public long readBackground() {
        return ask("background read").value("fired");
    }

    /** Ends the background thread; how often it called in all, which is exact. */
    public long stopBackground() {
        return ask("background stop").value("fired");
    }

    /** Runs a function or passes a mark once, some time after this method has returned. */
    public void later(String name, long millis) {
        ask("later %s %d".formatted(name, millis));
    }

    /**
     * A random workload on all CPUs, with threads, children and programs that are executed anew; one at a time.
     *
     * @param seed decides what is done, but not in which order
     * @param size about how much; 10 is some dozens of firings, 150 some ten thousands
     */
    public Answer storm(long seed, long size) {
        return ask("storm %d %d".formatted(seed, size));
    }

    /** What the last storm logged: the values that belong to each name. */
    public Map<String, List<Long>> log() {
        Map<String, List<Long>> log = new TreeMap<>();
        for (long from = 0; ; ) {
            Map<String, Long> some = ask("log " + from).values();
            List<String> entries =
                    some.keySet().stream().filter(key -> key.contains(".")).toList();
            if (entries.isEmpty()) {
                return log;
            }
            from += entries.size();
            entries.forEach(
                    entry -> log.computeIfAbsent(entry.substring(0, entry.indexOf('.')), name -> new ArrayList<>())
                            .add(some.get(entry)));
        }
    }

    /** Everything that this process and its children have done since it began. */
    public Answer counts() {
        return ask("counts");
    }

    /** The semaphores: {@code guarded_semaphore} and {@code watched_semaphore}. */
    public Answer semaphores() {
        return ask("semaphores");
    }

    private synchronized Answer ask(String request) {
        try {
            requests.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the connection has ended");
            }
            return Answer.parse(request, line);
        } catch (IOException e) {
            throw new UncheckedIOException("No answer from the truth program to '%s'".formatted(request), e);
        }
    }

    /** Texts are sent as hexadecimal bytes: they may hold anything. */
    static String hex(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return hex.isEmpty() ? "-" : hex;
    }

    private static String text(String type, long value) {
        return type.startsWith("u") ? Long.toUnsignedString(value) : Long.toString(value);
    }

    private static String words(long... values) {
        return LongStream.of(values).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    private static String word(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
