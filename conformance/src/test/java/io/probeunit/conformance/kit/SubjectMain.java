package io.probeunit.conformance.kit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Runs a subject class in a JVM of its own, and prints how each test ended; {@link ChildJvm} starts it. */
public final class SubjectMain {

    static final String PREFIX = "@@outcome ";

    private SubjectMain() {}

    /** Runs the class that is named by the only argument. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        EngineUnderTest.choose();
        for (Outcomes.Outcome outcome :
                Subjects.run(Class.forName(arguments[0])).all()) {
            out.println(PREFIX + outcome.status() + " " + encode(outcome.test()) + " " + encode(outcome.story()));
        }
    }

    static Outcomes.Outcome parse(String line) {
        String[] words = line.substring(PREFIX.length()).split(" ", -1);
        return new Outcomes.Outcome(decode(words[1]), Outcomes.Status.valueOf(words[0]), decode(words[2]));
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
