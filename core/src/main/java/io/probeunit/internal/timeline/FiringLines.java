package io.probeunit.internal.timeline;

import io.probeunit.Firing;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.report.Json;
import io.probeunit.internal.report.TestReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The firings of a test for programs: JSON Lines, one firing a line, with a JSON schema. */
public final class FiringLines {

    /** How many firings are written. */
    static final int MOST_FIRINGS = 200_000;

    private static final int FORMAT = 1;

    private FiringLines() {}

    /**
     * Writes the firings in the window and after it.
     *
     * @param file gets a line for the test, then a line for each firing, then a line for what is left out, if something is
     * @param test which test
     * @param judgement what it saw
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, TestReport.Test test, Judgement judgement) throws IOException {
        write(file, test, judgement, MOST_FIRINGS);
    }

    static void write(Path file, TestReport.Test test, Judgement judgement, int most) throws IOException {
        List<Firing> firings = Stream.concat(
                        judgement.summary().firings().stream(),
                        judgement.after().stream().flatMap(after -> after.firings().stream()))
                .toList();
        try (Writer out = Files.newBufferedWriter(file)) {
            line(
                    out,
                    Json.items(
                            "type", "window",
                            "format", FORMAT,
                            "test", test.id(),
                            "opened", judgement.summary().opened(),
                            "nanos", judgement.summary().length().toNanos(),
                            "detailsDropped", judgement.summary().loss().details()));
            for (Firing firing : firings.subList(0, Math.min(most, firings.size()))) {
                Map<String, Object> items = Json.items("type", "firing");
                items.putAll(TestReport.firing(firing));
                line(out, items);
            }
            if (firings.size() > most) {
                line(out, Json.items("type", "leftOut", "firings", firings.size() - most));
            }
        }
    }

    private static void line(Writer out, Map<String, Object> items) throws IOException {
        out.append(Json.of(items)).append('\n');
    }

    /**
     * Writes the schema of a line.
     *
     * @param file for it
     * @throws IOException if it cannot be written
     */
    public static void writeSchema(Path file) throws IOException {
        try (InputStream schema = Optional.ofNullable(FiringLines.class.getResourceAsStream("firings.schema.json"))
                .orElseThrow(() -> new IllegalStateException("firings.schema.json is not in the jar"))) {
            Files.copy(schema, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
