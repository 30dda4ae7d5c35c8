package io.probeunit.conformance.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What programs wrote, call by call.
 *
 * @param values those of each name, in the order in which they were written
 */
record Lines(Map<String, List<Long>> values) {

    static Lines of(List<String> lines) {
        Map<String, List<Long>> values = new LinkedHashMap<>();
        for (String line : lines) {
            if (!line.matches("\\S+ -?\\d+")) {
                continue; // a program that dies says so in other words
            }
            int blank = line.indexOf(' ');
            values.computeIfAbsent(line.substring(0, blank), name -> new ArrayList<>())
                    .add(Long.parseLong(line.substring(blank + 1)));
        }
        return new Lines(values);
    }

    List<Long> of(Point point) {
        return point.lines.stream()
                .flatMap(name -> values.getOrDefault(name, List.of()).stream())
                .toList();
    }
}
