package io.probeunit.host.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Our scripts for sh(1), which are files beside this class. */
final class Scripts {

    /** Looks for what is needed, and goes on in a mount namespace of its own. */
    static final String BEGIN = read("begin.sh");

    /** Makes the place in which our tools run. */
    static final String SETTLE = read("settle.sh");

    /** Answers requests. */
    static final String AGENT = read("agent.sh");

    /** Runs one program. */
    static final String PROCESS = read("process.sh");

    private Scripts() {}

    private static String read(String name) {
        try (InputStream script = Objects.requireNonNull(Scripts.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
