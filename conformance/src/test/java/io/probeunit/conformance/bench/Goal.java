package io.probeunit.conformance.bench;

/**
 * What a figure ought to be at most.
 *
 * @param value in the figure's unit; infinite if there is no such goal
 * @param ratio to what the raw tool takes; infinite if there is no such goal
 */
record Goal(double value, double ratio) {

    static Goal none() {
        return ratio(Double.POSITIVE_INFINITY);
    }

    static Goal ratio(double most) {
        return new Goal(Double.POSITIVE_INFINITY, most);
    }

    static Goal value(double most) {
        return new Goal(most, Double.POSITIVE_INFINITY);
    }

    Goal andRatio(double most) {
        return new Goal(value, most);
    }

    boolean isReached(double figure, double figureRatio) {
        return figure <= value && (Double.isInfinite(ratio) || figureRatio <= ratio);
    }

    String text(String unit) {
        String absolute = Double.isInfinite(value) ? "" : "%s %s".formatted(Numbers.text(value), unit);
        String relative = Double.isInfinite(ratio) ? "" : "%s x".formatted(Numbers.text(ratio));
        return absolute + (absolute.isEmpty() || relative.isEmpty() ? "" : ", ") + relative;
    }
}
