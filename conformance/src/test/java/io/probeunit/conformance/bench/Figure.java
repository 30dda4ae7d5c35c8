package io.probeunit.conformance.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table.
 *
 * @param name what was measured
 * @param unit of ours and of the raw tool's value
 * @param ours the median of all rounds
 * @param tool what it is compared with; "–" for nothing
 * @param raw the median of what the tool took; NaN for nothing
 * @param ratio the median of the rounds' ratios; NaN for nothing
 * @param goal at most this
 * @param rounds how many
 * @param notes what else was seen
 */
record Figure(
        String name,
        String unit,
        double ours,
        String tool,
        double raw,
        double ratio,
        Goal goal,
        int rounds,
        List<String> notes) {

    /** Keeps a copy of the list. */
    Figure {
        notes = List.copyOf(notes);
    }

    /** One value of a round, of ours or of a tool. */
    @FunctionalInterface
    interface Measured {
        double once() throws Exception;
    }

    /** Measures ours and the tool by turns. */
    static Figure paired(String name, String unit, Measured ours, String tool, Measured raw, Goal goal, int rounds)
            throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double a = ours.once();
            double b = raw.once();
            first.add(a);
            second.add(b);
            ratios.add(a / b);
            System.out.printf(
                    "bench: %s, round %d of %d: %s, %s %s %s%n",
                    name, round + 1, rounds, Numbers.text(a), tool, Numbers.text(b), unit);
        }
        return new Figure(
                name,
                unit,
                Numbers.median(first),
                tool,
                Numbers.median(second),
                Numbers.median(ratios),
                goal,
                rounds,
                List.of());
    }

    /** A figure that is compared with nothing. */
    static Figure alone(String name, String unit, double ours, Goal goal, int rounds) {
        return new Figure(name, unit, ours, "–", Double.NaN, Double.NaN, goal, rounds, List.of());
    }

    Figure with(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Figure(name, unit, ours, tool, raw, ratio, goal, rounds, more);
    }

    boolean isReached() {
        return goal.isReached(ours, ratio);
    }
}
