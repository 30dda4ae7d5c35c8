package io.probeunit.assertj;

import io.probeunit.Recording;
import io.probeunit.internal.recording.ProbedRecording;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.SummaryText;
import java.util.ArrayList;
import java.util.List;

/** What failures say about the window as a whole. */
final class Window {

    private Window() {}

    static String tell(Recording recording) {
        if (!(recording instanceof ProbedRecording probed)) {
            return "Engine: %s. %s".formatted(recording.engine(), recording.loss());
        }
        Summary summary = probed.summary();
        SummaryText text = new SummaryText(summary);
        List<String> lines = new ArrayList<>();
        lines.add("What fired in the window of %s (engine %s):"
                .formatted(SummaryText.millis(summary.length().toNanos()), summary.engine()));
        text.points().forEach(p -> lines.add("   " + p));
        lines.add(text.loss());
        return String.join("\n", lines);
    }
}
