package io.probeunit.internal.recording;

import java.util.List;
import java.util.stream.Stream;

/**
 * A view of firings, as a question that can be asked again and again.
 *
 * @param query the points
 * @param containers only firings in all of these
 * @param conditions only firings that satisfy all of these, as written
 */
record Selection(Query query, List<String> containers, List<String> conditions) {

    Selection {
        containers = List.copyOf(containers);
        conditions = List.copyOf(conditions);
    }

    static Selection of(Query query) {
        return new Selection(query, List.of(), List.of());
    }

    Selection in(String container) {
        return new Selection(query, with(containers, container), conditions);
    }

    Selection where(String condition) {
        return new Selection(query, containers, with(conditions, condition));
    }

    String describe() {
        StringBuilder text = new StringBuilder(query.describe());
        containers.forEach(c -> text.append(" in container ").append(c));
        if (!conditions.isEmpty()) {
            text.append(" where \"")
                    .append(String.join("\" and \"", conditions))
                    .append('"');
        }
        return text.toString();
    }

    private static List<String> with(List<String> list, String more) {
        return Stream.concat(list.stream(), Stream.of(more)).toList();
    }
}
