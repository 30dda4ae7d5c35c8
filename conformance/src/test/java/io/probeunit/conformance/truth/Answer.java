package io.probeunit.conformance.truth;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the truth program says it has done for one request.
 *
 * @param values by name: how often each function ran and each mark was passed, and what else it tells
 */
public record Answer(Map<String, Long> values) {

    /** Reads the line that the program writes. */
    public static Answer parse(String request, String line) {
        String[] words = line.strip().split(" ");
        if (!words[0].equals("OK")) {
            throw new IllegalArgumentException("The truth program refuses '%s': %s".formatted(request, line));
        }
        Map<String, Long> values = new LinkedHashMap<>();
        Arrays.stream(words, 1, words.length)
                .map(word -> word.split("=", 2))
                .forEach(pair -> values.put(
                        pair[0], pair[1].startsWith("-") ? Long.parseLong(pair[1]) : Long.parseUnsignedLong(pair[1])));
        return new Answer(values);
    }

    /** How often a function ran, or a mark was passed; 0 if never. */
    public long count(String name) {
        return values.getOrDefault(name, 0L);
    }

    /** A number that the program tells beside its counts. */
    public long value(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("The answer has no %s: %s".formatted(name, values));
        }
        return values.get(name);
    }
}
