package io.probeunit.examples.shop;

import io.probeunit.Firing;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shop's own log: what has really happened, to compare recordings with.
 *
 * @param lines such as {@code 1:7 CALL reserve_stock 42 "apple" 3}: process and thread, then what it did
 */
record ShopLog(List<String> lines) {

    /** The calls of a function for these orders, each with its arguments: {@code 42 "apple" 3}. */
    List<String> calls(String function, int... orders) {
        return entries("CALL " + function, orders);
    }

    /** The returns of a function for these orders, each with the order and what was returned: {@code 42 997}. */
    List<String> returns(String function, int... orders) {
        return entries("RETURN " + function, orders);
    }

    /** The marks passed for these orders, each with its arguments: {@code 42 "ann"}. */
    List<String> marks(String mark, int... orders) {
        return entries("MARK " + mark, orders);
    }

    /** The captured values of a firing, as the shop would write them into its log. */
    static String entry(Firing firing) {
        return firing.captures().values().stream()
                .map(value -> value instanceof String text ? "\"" + text + "\"" : value.toString())
                .collect(Collectors.joining(" "));
    }

    private List<String> entries(String what, int... orders) {
        return lines.stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(line -> IntStream.of(orders).anyMatch(o -> (line + " ").startsWith(what + " " + o + " ")))
                .map(line -> line.substring(what.length() + 1))
                .toList();
    }
}
