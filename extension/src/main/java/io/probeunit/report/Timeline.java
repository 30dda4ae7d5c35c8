package io.probeunit.report;

import io.probeunit.Firing;
import io.probeunit.recording.Summary;
import io.probeunit.recording.SummaryText;
import java.util.ArrayList;
import java.util.List;

/** What fired in a window, as a table in the order of time. */
public final class Timeline {

    private Timeline() {}

    /**
     * Draws the table.
     *
     * @param summary all that is known of the window
     * @param most how many firings to show at most
     * @return several lines
     */
    public static String of(Summary summary, int most) {
        SummaryText text = new SummaryText(summary);
        List<String> lines = new ArrayList<>();
        lines.add("Window of %s, engine %s. %s"
                .formatted(SummaryText.millis(summary.length().toNanos()), summary.engine(), text.loss()));
        lines.addAll(text.points());
        List<Firing> shown =
                summary.firings().subList(0, Math.min(most, summary.firings().size()));
        if (!shown.isEmpty()) {
            lines.add("");
            lines.addAll(text.firings(shown));
        }
        int more = summary.firings().size() - shown.size();
        if (more > 0) {
            lines.add("and %d more".formatted(more));
        }
        return String.join("\n", lines);
    }
}
