package io.probeunit.internal.timeline;

import io.probeunit.internal.report.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the tests of a class have seen until now. Bounded: when there is no room, first the firings of tests that are met
 * are left out, the oldest first, then those of other tests. The page says how many. Thread-safe.
 */
public final class ClassTimeline {

    /** How many characters the page may have, about. */
    static final long MOST_TEXT = 32_000_000;

    private static final int MOST_TESTS = 2_000;
    private static final String DATA = "/*DATA*/";

    private final String testClass;
    private final long mostText;
    private final int mostTests;
    private final List<TestWindow> windows = new ArrayList<>();
    private long size;
    private long testsLeftOut;

    /**
     * Of a class that has not run.
     *
     * @param testClass its name
     */
    public ClassTimeline(String testClass) {
        this(testClass, MOST_TEXT, MOST_TESTS);
    }

    ClassTimeline(String testClass, long mostText, int mostTests) {
        this.testClass = testClass;
        this.mostText = mostText;
        this.mostTests = mostTests;
    }

    /**
     * Adds what a test has seen.
     *
     * @param window the test's
     */
    public synchronized void add(TestWindow window) {
        windows.add(window);
        size += window.size();
        makeRoom();
    }

    private void makeRoom() {
        while (windows.size() > mostTests) {
            leaveOutATest();
        }
        while (size > mostText && leaveOutFirings()) {
            // once more
        }
        while (size > mostText && windows.size() > 1) {
            leaveOutATest();
        }
    }

    private void leaveOutATest() {
        int test = first(TestWindow::met).orElse(windows.size() - 1);
        size -= windows.remove(test).size();
        testsLeftOut++;
    }

    /** Says false if there are none. */
    private boolean leaveOutFirings() {
        OptionalInt test = first(window -> window.met() && window.kept() > 0);
        if (test.isEmpty()) {
            test = first(window -> window.kept() > 0);
        }
        test.ifPresent(i -> {
            TestWindow full = windows.get(i);
            TestWindow bare = full.withoutFirings();
            windows.set(i, bare);
            size += bare.size() - full.size();
        });
        return test.isPresent();
    }

    private OptionalInt first(Predicate<TestWindow> wanted) {
        return IntStream.range(0, windows.size())
                .filter(i -> wanted.test(windows.get(i)))
                .findFirst();
    }

    /**
     * Writes the page: one file that needs no other file and no network.
     *
     * @param page the file
     * @param complete whether all tests of the class have ended
     * @throws IOException if it cannot be written
     */
    public synchronized void write(Path page, boolean complete) throws IOException {
        String template = template();
        int data = template.indexOf(DATA);
        try (Writer out = Files.newBufferedWriter(page)) {
            out.append(template, 0, data);
            out.append("{\"class\": ").append(Json.inScript(testClass));
            out.append(", \"complete\": " + complete + ", \"testsLeftOut\": " + testsLeftOut + ", \"tests\": [");
            String separator = "\n";
            for (TestWindow window : windows) {
                // names and values come from containers: none may end the script
                out.append(separator).append(Json.scriptSafe(window.json()));
                separator = ",\n";
            }
            out.append("\n]}").append(template, data + DATA.length(), template.length());
        }
    }

    private static String template() throws IOException {
        try (InputStream page = Optional.ofNullable(ClassTimeline.class.getResourceAsStream("timeline.html"))
                .orElseThrow(() -> new IllegalStateException("timeline.html is not in the jar"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
