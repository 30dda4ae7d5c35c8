package io.probeunit.internal.coverage;

import io.probeunit.internal.coverage.CoverageData.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Coverage in the form of lcov (geninfo(1), "TRACE FILE FORMAT"), which many tools read. A binary stands for a source file, and a
 * point for a function; its line is its place in the sorted list of points, since a binary has no lines.
 */
final class CoverageLcov {

    private CoverageLcov() {}

    static String write(CoverageData data) {
        List<Row> rows = data.rows();
        StringBuilder text = new StringBuilder();
        for (CoveragePoint.File file : data.builds().keySet()) {
            List<Row> its = new ArrayList<>(
                    rows.stream().filter(row -> row.point().file().equals(file)).toList());
            its.sort((one, other) -> one.point().compareTo(other.point()));
            line(text, "TN", "");
            line(text, "SF", plain(file.container()) + plain(file.path()));
            for (int line = 1; line <= its.size(); line++) {
                line(text, "FN", line + "," + name(its.get(line - 1)));
            }
            its.forEach(row -> line(text, "FNDA", row.hits().atLeast() + "," + name(row)));
            String all = String.valueOf(its.size());
            String fired = String.valueOf(
                    its.stream().filter(row -> row.hits().atLeast() > 0).count());
            line(text, "FNF", all);
            line(text, "FNH", fired);
            // lcov takes no file without lines
            for (int line = 1; line <= its.size(); line++) {
                line(text, "DA", line + "," + its.get(line - 1).hits().atLeast());
            }
            line(text, "LF", all);
            line(text, "LH", fired);
            text.append("end_of_record\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(':').append(value).append('\n');
    }

    private static String name(Row row) {
        return plain(row.point().name());
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
