package io.probeunit.conformance.soak;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongPredicate;

/**
 * One random expectation.
 *
 * @param point what it is about
 * @param where which calls count, if not all
 * @param atLeast the smallest count that is right
 * @param atMost the largest
 */
record Expected(Point point, Optional<Where> where, long atLeast, long atMost) {

    /** A condition on the value that the program writes. */
    record Where(String operator, long literal) {

        LongPredicate predicate() {
            return switch (operator) {
                case "==" -> value -> value == literal;
                case "!=" -> value -> value != literal;
                case "<" -> value -> value < literal;
                default -> value -> value > literal;
            };
        }
    }

    /** Draws one that is nearly right, or right, so that a count that is off by one is noticed. */
    static Expected draw(Point point, Lines foreseen, Random random) {
        List<Long> values = foreseen.of(point);
        Optional<Where> where = point.capture.isEmpty() || random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new Where(
                        List.of("==", "!=", "<", ">").get(random.nextInt(4)),
                        values.isEmpty() || random.nextInt(3) == 0
                                ? random.nextInt(-9, 10)
                                : values.get(random.nextInt(values.size()))));
        long count = new Expected(point, where, 0, 0).truth(foreseen);
        long near = Math.max(0, count + random.nextInt(-1, 2));
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Expected(point, where, 0, 0);
            case 2, 3 -> new Expected(point, where, count, count);
            case 4 -> new Expected(point, where, near, near);
            case 5 -> new Expected(point, where, Math.max(1, near), Long.MAX_VALUE);
            default -> new Expected(point, where, 0, near);
        };
    }

    /** How often it really happened. */
    long truth(Lines lines) {
        LongPredicate selected = where.map(Where::predicate).orElse(value -> true);
        return lines.of(point).stream().filter(selected::test).count();
    }

    boolean isMetBy(Lines lines) {
        long truth = truth(lines);
        return atLeast <= truth && truth <= atMost;
    }

    /** As a person would write it. */
    String annotation(String path) {
        String bounds = atLeast == atMost
                ? ", times = " + atLeast
                : atMost == Long.MAX_VALUE ? ", atLeast = " + atLeast : ", atMost = " + atMost;
        return point.annotation(path)
                + where.map(w -> ", where = \"%s %s %d\"".formatted(point.capture, w.operator(), w.literal()))
                        .orElse("")
                + bounds + ")";
    }
}
