package io.probeunit.internal.engine.perf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The offsets of an event's fields in its raw records, from the file {@code format} of tracefs.
 *
 * @param offsets in bytes, by name
 */
record RecordFormat(Map<String, Integer> offsets) {

    private static final Pattern FIELD = Pattern.compile("field:[^;]*?(\\w+)(?:\\[\\w*])?;\\s*offset:(\\d+);");

    RecordFormat {
        offsets = Map.copyOf(offsets);
    }

    static RecordFormat parse(String text) {
        Map<String, Integer> offsets = new HashMap<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            offsets.put(field.group(1), Integer.valueOf(field.group(2)));
        }
        return new RecordFormat(offsets);
    }

    int offset(String field) {
        return Optional.ofNullable(offsets.get(field))
                .orElseThrow(() ->
                        new IllegalStateException("The kernel's format has no field %s: %s".formatted(field, offsets)));
    }
}
