package io.probeunit.internal.coverage;

import io.probeunit.internal.coverage.CoverageData.Hits;
import io.probeunit.internal.coverage.CoverageData.Row;
import io.probeunit.internal.report.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Coverage for programs: JSON with {@code "format": 1}; {@code docs/coverage.md} says what each item means. */
final class CoverageJson {

    /** Changes if an item is taken away, or gets another meaning. */
    private static final int FORMAT = 1;

    private CoverageJson() {}

    static String write(CoverageData data) {
        return Json.document(items(data));
    }

    static Map<String, Object> items(CoverageData data) {
        List<Row> rows = data.rows();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("points", rows.size());
        root.put("fired", count(rows, "fired"));
        root.put("unknown", count(rows, "unknown"));
        root.put("never", count(rows, "never"));
        List<CoveragePoint.File> files = List.copyOf(data.builds().keySet());
        root.put("files", files.stream().map(file -> file(file, data, rows)).toList());
        root.put("tests", data.tests().stream().map(CoverageJson::test).toList());
        root.put("coverage", rows.stream().map(row -> row(row, files)).toList());
        List<Map<String, Object>> leftOut = new ArrayList<>();
        data.leftOut().forEach((point, reason) -> {
            Map<String, Object> item = point(point, files);
            item.put("reason", reason);
            leftOut.add(item);
        });
        root.put("leftOut", leftOut);
        return root;
    }

    private static int count(List<Row> rows, String state) {
        return (int) rows.stream().filter(row -> row.state().equals(state)).count();
    }

    private static Map<String, Object> file(CoveragePoint.File file, CoverageData data, List<Row> rows) {
        List<Row> its =
                rows.stream().filter(row -> row.point().file().equals(file)).toList();
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("container", file.container());
        item.put("path", file.path());
        item.put("build", data.builds().getOrDefault(file, ""));
        item.put("points", its.size());
        item.put("fired", count(its, "fired"));
        return item;
    }

    private static Map<String, Object> test(CoverageData.Ran ran) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", ran.test().id());
        item.put("class", ran.test().testClass());
        item.put("name", ran.test().name());
        item.put("ended", Instant.ofEpochMilli(ran.ended()).toString());
        return item;
    }

    private static Map<String, Object> row(Row row, List<CoveragePoint.File> files) {
        Map<String, Object> item = point(row.point(), files);
        item.put("state", row.state());
        count(row.hits(), item);
        List<Map<String, Object>> tests = new ArrayList<>();
        row.tests().forEach((test, hits) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("test", test);
            count(hits, one);
            tests.add(one);
        });
        item.put("tests", tests);
        return item;
    }

    private static Map<String, Object> point(CoveragePoint point, List<CoveragePoint.File> files) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", point.name());
        item.put("kind", point.kind());
        item.put("file", files.indexOf(point.file()));
        return item;
    }

    /** A count that is not exact has its highest value too, if there is one. */
    private static void count(Hits hits, Map<String, Object> item) {
        item.put("count", hits.atLeast());
        item.put("exact", hits.atLeast() == hits.atMost());
        if (hits.atLeast() != hits.atMost() && hits.atMost() != Long.MAX_VALUE) {
            item.put("atMost", hits.atMost());
        }
    }
}
