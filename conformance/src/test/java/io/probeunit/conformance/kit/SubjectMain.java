package io.probeunit.conformance.kit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a subject class in a JVM of its own, and prints how each test ended; {@link ChildJvm} starts it. */
public final class SubjectMain {

    static final String PREFIX = "@@outcome ";
    private static final int ENTRIES = 3;

    private SubjectMain() {}

    /** Runs the class that is named by the only argument. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        EngineUnderTest.choose();
        for (Outcomes.Outcome outcome :
                Subjects.run(Class.forName(arguments[0])).all()) {
            out.println(Stream.concat(
                            Stream.of(outcome.test(), outcome.story()),
                            outcome.entries().entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue())))
                    .map(SubjectMain::encode)
                    .collect(Collectors.joining(" ", PREFIX + outcome.status() + " ", "")));
        }
    }

    static Outcomes.Outcome parse(String line) {
        String[] words = line.substring(PREFIX.length()).split(" ", -1);
        Map<String, String> entries = new TreeMap<>();
        for (int i = ENTRIES; i < words.length; i += 2) {
            entries.put(decode(words[i]), decode(words[i + 1]));
        }
        return new Outcomes.Outcome(decode(words[1]), Outcomes.Status.valueOf(words[0]), decode(words[2]), entries);
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
