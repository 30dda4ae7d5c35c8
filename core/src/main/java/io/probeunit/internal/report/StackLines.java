package io.probeunit.internal.report;

import io.probeunit.Firing;
import io.probeunit.Frame;
import io.probeunit.internal.recording.SummaryText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stacks as lines for people. Text from containers cannot break out of its line. */
final class StackLines {

    private static final int FRAMES_SHOWN = 20;

    /** Names of templates may be very long. */
    private static final int WIDEST_COLUMN = 40;

    private StackLines() {}

    private record Stack(List<Frame> frames, Optional<String> cut) {}

    /** Each stack once, whoever has it. */
    static List<String> of(List<Firing> firings) {
        Map<Stack, List<String>> times = new LinkedHashMap<>();
        for (Firing firing : firings) {
            times.computeIfAbsent(new Stack(firing.stack(), firing.stackCut()), stack -> new ArrayList<>())
                    .add(SummaryText.millis(firing.nanos()));
        }
        List<String> lines = new ArrayList<>();
        times.forEach((stack, at) -> {
            lines.add("stack:     of the firing at " + String.join(", ", at));
            add(stack, lines);
        });
        return lines;
    }

    private static void add(Stack stack, List<String> lines) {
        List<Frame> frames = stack.frames();
        int widest = frames.stream()
                .limit(FRAMES_SHOWN)
                .mapToInt(frame -> Math.min(
                        WIDEST_COLUMN, SummaryText.printable(frame.function()).length()))
                .max()
                .orElse(0);
        for (int i = 0; i < Math.min(FRAMES_SHOWN, frames.size()); i++) {
            Frame frame = frames.get(i);
            String function = SummaryText.printable(frame.function());
            lines.add("           #%-2d %s%s  %s+0x%x%s"
                    .formatted(
                            i,
                            function,
                            " ".repeat(Math.max(0, widest - function.length())),
                            SummaryText.printable(frame.binary()),
                            frame.offset(),
                            frame.source()
                                    .map(source -> "  " + SummaryText.printable(source.toString()))
                                    .orElse("")));
        }
        if (frames.size() > FRAMES_SHOWN) {
            lines.add("           and %d more frames".formatted(frames.size() - FRAMES_SHOWN));
        }
        stack.cut().ifPresent(why -> lines.add("           no more: " + SummaryText.printable(why)));
    }
}
