package io.probeunit.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All figures of a run, as a table and as JSON. */
final class Results {

    private final Map<String, String> machine;
    private final List<Figure> figures = new ArrayList<>();

    Results(Map<String, String> machine) {
        this.machine = machine;
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| figure | unit | ours | raw tool | raw | ratio | goal | reached |");
        lines.add("|---|---|---|---|---|---|---|---|");
        for (Figure f : figures) {
            lines.add("| %s | %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            f.name(),
                            f.unit(),
                            Numbers.text(f.ours()),
                            f.tool(),
                            Numbers.text(f.raw()),
                            Numbers.text(f.ratio()),
                            f.goal().text(f.unit()),
                            f.isReached() ? "yes" : "no"));
        }
        figures.forEach(f -> f.notes().forEach(note -> lines.add("* " + f.name() + ": " + note)));
        machine.forEach((name, value) -> lines.add("* " + name + ": " + value));
        return String.join("\n", lines);
    }

    void write(Path file) throws IOException {
        String rows = figures.stream().map(Results::json).collect(Collectors.joining(",\n    "));
        String about = machine.entrySet().stream()
                .map(e -> "%s: %s".formatted(quoted(e.getKey()), quoted(e.getValue())))
                .collect(Collectors.joining(", "));
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                {
                  "machine": {%s},
                  "figures": [
                    %s
                  ]
                }
                """.formatted(about, rows));
    }

    private static String json(Figure f) {
        return """
                {"figure": %s, "unit": %s, "ours": %s, "tool": %s, "raw": %s, "ratio": %s, "goalValue": %s, "goalRatio": %s, "reached": %s, "rounds": %d, "notes": [%s]}""".formatted(
                        quoted(f.name()),
                        quoted(f.unit()),
                        number(f.ours()),
                        quoted(f.tool()),
                        number(f.raw()),
                        number(f.ratio()),
                        number(f.goal().value()),
                        number(f.goal().ratio()),
                        f.isReached(),
                        f.rounds(),
                        f.notes().stream().map(Results::quoted).collect(Collectors.joining(", ")));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        c == '"' || c == '\\' ? "\\" + (char) c : c < ' ' ? "\\u%04x".formatted(c) : "" + (char) c));
        return quoted.append('"').toString();
    }
}
