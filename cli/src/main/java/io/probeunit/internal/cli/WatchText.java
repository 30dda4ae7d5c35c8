package io.probeunit.internal.cli;

import io.probeunit.Firing;
import io.probeunit.internal.recording.SummaryText;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

/**
 * For people: firings as lines, and the counts below. On a terminal, the counts are drawn again in their place; else they are
 * lines too, when they have changed and no firing says so, and at the end.
 */
final class WatchText implements WatchOutput {

    private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;
    private List<String> last = List.of();

    WatchText(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void begin(Live live) {
        out.println("Watching %s. Ctrl-C ends it.".formatted(Texts.line(live.story())));
        out.flush();
    }

    @Override
    public void next(Live.Look look, List<Firing> fresh) {
        List<String> counts = counts(look);
        boolean changed = !counts.equals(last);
        last = counts;
        if (terminal) {
            redraw(look, fresh, counts);
        } else {
            firings(look, fresh);
            if (changed && fresh.isEmpty()) {
                counts.forEach(out::println);
            }
        }
        out.flush();
    }

    private void redraw(Live.Look look, List<Firing> fresh, List<String> counts) {
        erase();
        firings(look, fresh);
        counts.forEach(out::println);
        drawn = counts.size();
    }

    private void erase() {
        if (drawn > 0) {
            out.print(UP_AND_CLEAR.formatted(drawn));
            drawn = 0;
        }
    }

    @Override
    public void end(Live.Look look, List<Firing> fresh) {
        erase();
        firings(look, fresh);
        SummaryText text = new SummaryText(look.summary());
        out.println();
        out.println("In %s: ".formatted(text.length()).strip());
        counts(look).forEach(out::println);
        points(look).forEach(line -> out.println("    " + line));
        Stream.concat(
                        look.counts().stream()
                                .flatMap(count -> count.observation().doubtsOfCount().stream())
                                .map("In doubt: %s"::formatted),
                        look.notes().stream())
                .distinct()
                .map(line -> Texts.line(line).replaceFirst("[.]?$", "."))
                .forEach(out::println);
        out.println(text.loss());
        out.flush();
    }

    /** What a glob stands for, as far as it fired. */
    private static List<String> points(Live.Look look) {
        return look.summary().points().size() == look.counts().size()
                ? List.of()
                : new SummaryText(look.summary())
                        .points(point -> point.observation().fired() > 0);
    }

    private void firings(Live.Look look, List<Firing> fresh) {
        new SummaryText(look.summary()).firings(fresh).stream().map(Texts::line).forEach(out::println);
    }

    private static List<String> counts(Live.Look look) {
        int width = look.counts().stream()
                .mapToInt(count -> count.point().length())
                .max()
                .orElse(1);
        return look.counts().stream()
                .map(count -> ("%-" + width + "s  %s")
                        .formatted(count.point(), count.observation().describe()))
                .map(Texts::line)
                .toList();
    }
}
