package io.probeunit.internal.recording;

import java.util.ArrayList;
import java.util.List;

/** Lines with aligned columns. */
final class TextTable {

    private static final String GAP = "  ";

    private TextTable() {}

    /** Pads all columns but the last; nothing trails. */
    static List<String> lines(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == 0 ? "" : GAP).append(row.get(i));
            line.append(" ".repeat(widths.get(i) - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }
}
