package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a snapshot: sorted, one mark a line, made to be read in a diff. */
final class SnapshotText {

    private static final Pattern LINE =
            Pattern.compile("([^\\s:()#]+):([^\\s:()#]+)(\\([^()]*\\)(?:\\s+or\\s+\\([^()]*\\))*)(\\s+guarded)?");
    private static final Pattern ARGUMENTS = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern TYPE = Pattern.compile("[suf](?:8|[1-9][0-9]{1,3})|\\?");
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private SnapshotText() {}

    /** Writes marks; the same marks are always the same text. */
    static String write(Marks marks) {
        String header = """
                # The marks of %s, as @ExpectMarks compares them (ProbeUnit, docs/markers.md).
                # One mark a line: provider:name(types of its arguments), and "guarded" if it has a semaphore.
                # To write this file anew: -Dprobeunit.snapshots=update. Then review what has changed.
                """.formatted(marks.binary());
        return marks.list().stream().map(Marks.Mark::toString).collect(Collectors.joining("\n", header, "\n"));
    }

    /**
     * Reads marks; a person may have edited the text.
     *
     * @param place of the text, for messages
     * @throws ProbeException if a line is not understood, there twice, or there is none
     */
    static List<Marks.Mark> read(String text, String place) {
        Map<String, Integer> lineOf = new LinkedHashMap<>();
        List<Marks.Mark> marks = new ArrayList<>();
        List<String> lines =
                text.replaceFirst("^" + BYTE_ORDER_MARK, "").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Marks.Mark mark = mark(line, "%s, line %d".formatted(place, i + 1));
            Integer before = lineOf.putIfAbsent(mark.qualifiedName(), i + 1);
            if (before != null) {
                throw new ProbeException(
                        "%s, line %d: the mark %s is in line %d already (PU0803). A mark has one line; sites with different arguments are joined by 'or'."
                                .formatted(place, i + 1, mark.qualifiedName(), before));
            }
            marks.add(mark);
        }
        if (marks.isEmpty()) {
            throw new ProbeException(
                    "%s names no mark, so nothing would be compared (PU0802). Write it with -Dprobeunit.snapshots=update, or remove it."
                            .formatted(place));
        }
        return marks;
    }

    private static Marks.Mark mark(String line, String place) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new ProbeException(
                    "%s: \"%s\" is not understood. Write provider:name(types), such as shop:order__placed(s32, u64), with 'guarded' behind it if the mark has a semaphore (PU0804)."
                            .formatted(place, line));
        }
        List<List<String>> arguments = ARGUMENTS
                .matcher(parts.group(3))
                .results()
                .map(types -> types(types.group(1), line, place))
                .toList();
        return new Marks.Mark(parts.group(1), parts.group(2), arguments, parts.group(4) != null);
    }

    private static List<String> types(String text, String line, String place) {
        if (text.isBlank()) {
            return List.of();
        }
        List<String> types = Stream.of(text.split(",", -1)).map(String::strip).toList();
        types.stream().filter(t -> !TYPE.matcher(t).matches()).findFirst().ifPresent(wrong -> {
            throw new ProbeException(
                    "%s: \"%s\" in \"%s\" is not a type; types are s8 to s64, u8 to u64, f32, f64, and ? if the note gives none (PU0805)."
                            .formatted(place, wrong, line));
        });
        return types;
    }
}
