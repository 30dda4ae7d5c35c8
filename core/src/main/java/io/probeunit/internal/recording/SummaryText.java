package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.Loss;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.Nanos;
import io.probeunit.internal.plan.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A summary as lines for people. Text from containers cannot break out of its line. */
public final class SummaryText {

    private static final int LONGEST_TEXT = 200;
    private static final String TOOK = new CaptureSource.Took().key();

    private final Summary summary;
    private final Map<List<String>, List<Capture>> captures;

    /**
     * Prepares to tell.
     *
     * @param summary what is to be told
     */
    public SummaryText(Summary summary) {
        this.summary = summary;
        this.captures = summary.points().stream()
                .collect(Collectors.toMap(
                        point -> List.of(point.container(), point.probe()),
                        Summary.Tally::captures,
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList()));
    }

    /**
     * The probe points with their counts.
     *
     * @return a table without a headline, one line for each point that is {@link Summary#shown shown}, and one for the rest;
     *     empty if nothing was probed
     */
    public List<String> points() {
        List<String> lines = new ArrayList<>(table(summary.shown()));
        if (summary.silentLeftOut() > 0) {
            lines.add(
                    "%s%d points that did not fire".formatted(lines.isEmpty() ? "" : "and ", summary.silentLeftOut()));
        }
        return lines;
    }

    /**
     * Some probe points with their counts.
     *
     * @param which of them
     * @return a table without a headline, one line for each
     */
    public List<String> points(Predicate<Summary.Tally> which) {
        return table(summary.points().stream().filter(which).toList());
    }

    private static List<String> table(List<Summary.Tally> points) {
        return TextTable.lines(points.stream()
                .map(p -> List.of(p.probe(), p.observation().describe(), p.container(), p.binary()))
                .toList());
    }

    /**
     * Some firings.
     *
     * @param firings what to show
     * @return a table without a headline: time, container, process and thread, command, probe, captures
     */
    public List<String> firings(List<Firing> firings) {
        return TextTable.lines(firings.stream().map(this::cells).toList());
    }

    /**
     * The first of some firings, and how many more there are.
     *
     * @param firings what to show
     * @param most how many at most
     * @return as {@link #firings(List)}, and a line for the rest if there is one
     */
    public List<String> firings(List<Firing> firings, int most) {
        int shown = Math.min(most, firings.size());
        List<String> lines = new ArrayList<>(firings(firings.subList(0, shown)));
        if (firings.size() > shown) {
            lines.add("and %d more".formatted(firings.size() - shown));
        }
        return lines;
    }

    /**
     * What is not known.
     *
     * @return a sentence
     */
    public String loss() {
        return loss(doubt -> false);
    }

    /**
     * What is not known, where some of it has been told before.
     *
     * @param told says so of a doubt
     * @return a sentence
     */
    public String loss(Predicate<String> told) {
        Loss loss = summary.loss();
        if (loss.isNone()) {
            return "Nothing was lost.";
        }
        List<String> parts = new ArrayList<>();
        if (loss.details() > 0) {
            parts.add("the details of " + Words.firings(loss.details()));
        }
        if (!loss.interruptions().isEmpty()) {
            List<String> others =
                    loss.interruptions().stream().filter(told.negate()).toList();
            parts.add(
                    others.isEmpty()
                            ? "exact counts, for the doubts above"
                            : "exact counts, since "
                                    + others.stream()
                                            .map(SummaryText::printable)
                                            .collect(Collectors.joining("; ")));
        }
        return "Lost: %s.".formatted(String.join(", and ", parts));
    }

    /**
     * How long the window was.
     *
     * @return milliseconds, or that it is not known, since the session was lost before a barrier was drawn
     */
    public String length() {
        return summary.length().isZero() && !summary.loss().interruptions().isEmpty()
                ? "unknown length"
                : millis(summary.length().toNanos());
    }

    /**
     * Milliseconds.
     *
     * @param nanos nanoseconds
     * @return for example {@code 12.345 ms}
     */
    public static String millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP).toPlainString() + " ms";
    }

    /**
     * Text that stays in its line: control characters are escaped, and what is very long is cut.
     *
     * @param text anything
     * @return printable text
     */
    public static String printable(String text) {
        boolean cut = text.length() > LONGEST_TEXT;
        return (cut ? text.substring(0, LONGEST_TEXT) : text)
                        .codePoints()
                        .mapToObj(SummaryText::printable)
                        .collect(Collectors.joining())
                + (cut ? PointView.CUT : "");
    }

    private List<String> cells(Firing firing) {
        return List.of(
                millis(firing.nanos()),
                firing.container(),
                "%d/%d".formatted(firing.pid(), firing.tid()),
                printable(firing.command()),
                firing.probe(),
                captures(firing));
    }

    /**
     * The captured values of a firing.
     *
     * @param firing one of the summary's
     * @return {@code NAME=VALUE}, separated by blanks; numbers as their type says, texts in quotes
     */
    public String captures(Firing firing) {
        List<Capture> types = captures.getOrDefault(List.of(firing.container(), firing.probe()), List.of());
        return firing.captures().entrySet().stream()
                .map(e -> "%s=%s".formatted(e.getKey(), value(e, types)))
                .collect(Collectors.joining(" "));
    }

    /**
     * A time.
     *
     * @param nanos nanoseconds, 0 or more
     * @return exact, in a unit that suits it, for example {@code 1.25 ms}
     */
    static String time(long nanos) {
        return Nanos.text(BigInteger.valueOf(nanos));
    }

    private static String value(Map.Entry<String, Object> capture, List<Capture> types) {
        if (capture.getValue() instanceof Long number) {
            if (capture.getKey().equals(TOOK)) {
                return time(number);
            }
            return types.stream()
                    .filter(c -> c.key().equals(capture.getKey()))
                    .flatMap(c -> c.type().stream())
                    .findFirst()
                    .map(t -> number(number, t))
                    .orElse(number.toString());
        }
        String text = capture.getValue().toString();
        return text.equals(PointView.UNREADABLE) ? text : "\"%s\"".formatted(printable(text));
    }

    private static String number(long number, ValueType type) {
        return switch (type) {
            case HEX, PTR -> "0x" + Long.toHexString(number);
            case U64 -> Long.toUnsignedString(number);
            default -> Long.toString(number);
        };
    }

    private static String printable(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? String.format("\\u%04x", c)
                        : Character.toString(c);
        };
    }
}
