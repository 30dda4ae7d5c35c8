package io.probeunit.internal.coverage;

import io.probeunit.internal.coverage.CoverageData.Hits;
import io.probeunit.internal.coverage.CoverageData.Ran;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Coverage as text that the next run reads again: a record a line, with fields that tabs separate. */
final class CoverageText {

    /** Changes with the form. */
    private static final String HEADER = "probeunit-coverage\t1";

    private static final String MARK = "mark";

    private CoverageText() {}

    static String write(CoverageData data) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        data.tests().forEach(test -> {
            line(
                    text,
                    "test",
                    test.test().id(),
                    test.test().testClass(),
                    test.test().name(),
                    String.valueOf(test.ended()));
            Map<CoveragePoint.File, List<CoveragePoint>> points = new TreeMap<>();
            test.builds().keySet().forEach(file -> points.put(file, new ArrayList<>()));
            test.hits()
                    .keySet()
                    .forEach(point -> points.computeIfAbsent(point.file(), file -> new ArrayList<>())
                            .add(point));
            points.forEach((file, its) -> {
                line(text, "file", file.container(), file.path(), test.builds().getOrDefault(file, ""));
                its.stream().sorted().forEach(point -> {
                    Hits hits = Optional.ofNullable(test.hits().get(point)).orElse(Hits.NONE);
                    line(
                            text,
                            point.kind(),
                            point.name(),
                            String.valueOf(hits.atLeast()),
                            String.valueOf(hits.atMost()));
                });
                test.leftOut().entrySet().stream()
                        .filter(left -> left.getKey().file().equals(file))
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(left -> line(
                                text,
                                "left-out",
                                left.getKey().kind(),
                                left.getKey().name(),
                                left.getValue()));
            });
        });
        return text.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @return empty if it is something else, or damaged
     */
    static Optional<CoverageData> read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            return Optional.empty();
        }
        try {
            List<Ran> tests = new ArrayList<>();
            Reader reader = new Reader();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split("\t", -1);
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = decoded(fields[i]);
                }
                if (fields[0].equals("test")) {
                    reader.ran().ifPresent(tests::add);
                    reader = new Reader();
                }
                reader.take(fields);
            }
            reader.ran().ifPresent(tests::add);
            return Optional.of(new CoverageData(tests));
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** Reads the lines of one test. */
    private static final class Reader {
        private Optional<TestCoverage.Test> test = Optional.empty();
        private long ended;
        private CoveragePoint.File file = new CoveragePoint.File("", "");
        private final Map<CoveragePoint.File, String> builds = new LinkedHashMap<>();
        private final Map<CoveragePoint, Hits> hits = new LinkedHashMap<>();
        private final Map<CoveragePoint, String> leftOut = new LinkedHashMap<>();

        void take(String[] fields) {
            switch (fields[0]) {
                case "test" -> {
                    test = Optional.of(new TestCoverage.Test(fields[1], fields[2], fields[3]));
                    ended = Long.parseLong(fields[4]);
                }
                case "file" -> {
                    file = new CoveragePoint.File(fields[1], fields[2]);
                    builds.put(file, fields[3]);
                }
                case "left-out" -> leftOut.put(point(fields[1], fields[2]), fields[3]);
                default ->
                    hits.put(
                            point(fields[0], fields[1]),
                            new Hits(Long.parseLong(fields[2]), Long.parseLong(fields[3])));
            }
        }

        private CoveragePoint point(String kind, String name) {
            return new CoveragePoint(file, kind.equals(MARK), name);
        }

        Optional<Ran> ran() {
            return test.map(its -> new Ran(its, ended, builds, hits, leftOut));
        }
    }

    private static void line(StringBuilder text, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : "\t").append(encoded(fields[i]));
        }
        text.append('\n');
    }

    /** Names come from containers and may hold anything. */
    private static String encoded(String field) {
        return field.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String decoded(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\' || i + 1 == field.length()) {
                decoded.append(c);
                continue;
            }
            char escaped = field.charAt(++i);
            decoded.append(
                    switch (escaped) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        default -> escaped;
                    });
        }
        return decoded.toString();
    }
}
