package io.probeunit.internal.report;

import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.SummaryText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What fired in a window, as a table in the order of time. */
public final class FiringsTable {

    private FiringsTable() {}

    /**
     * Draws the table.
     *
     * @param summary all that is known of the window
     * @param after what was seen after it by expectations with {@code within}
     * @param most how many firings to show at most, in the window and after it
     * @return several lines
     */
    public static String of(Summary summary, Optional<Summary> after, int most) {
        SummaryText text = new SummaryText(summary);
        List<String> lines = new ArrayList<>();
        lines.add("Window of %s, engine %s. %s".formatted(text.length(), summary.engine(), text.loss()));
        lines.addAll(text.points());
        List<String> firings = text.firings(summary.firings(), most);
        if (!firings.isEmpty()) {
            lines.add("");
            lines.addAll(firings);
        }
        after.ifPresent(late -> {
            lines.add("");
            lines.addAll(AfterText.lines(late, most));
        });
        return String.join("\n", lines);
    }
}
