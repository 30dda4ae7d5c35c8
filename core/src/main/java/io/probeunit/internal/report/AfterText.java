package io.probeunit.internal.report;

import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.SummaryText;
import java.util.ArrayList;
import java.util.List;

/** What was seen after a window, while expectations with {@code within} were watched. */
final class AfterText {

    private static final String INDENT = "   ";

    private AfterText() {}

    static List<String> lines(Summary after, int most) {
        SummaryText text = new SummaryText(after);
        List<String> lines = new ArrayList<>();
        lines.add("What fired after it, until %s, while expectations with 'within' were watched:"
                .formatted(SummaryText.millis(after.length().toNanos())));
        text.points().forEach(p -> lines.add(INDENT + p));
        text.firings(after.firings(), most).forEach(f -> lines.add(INDENT + f));
        if (!after.loss().isNone()) {
            lines.add(text.loss());
        }
        return lines;
    }
}
