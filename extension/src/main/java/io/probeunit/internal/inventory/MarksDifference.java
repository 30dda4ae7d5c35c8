package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import io.probeunit.internal.plan.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The differences between two lists of marks; their order does not matter. Immutable and thread-safe.
 *
 * @param removed were there, and are not any more
 * @param added were not there
 * @param changed have other arguments, or are guarded where they were not, or the other way round
 */
public record MarksDifference(List<Marks.Mark> removed, List<Marks.Mark> added, List<Change> changed) {

    private static final int MOST_SHOWN = 100;

    /**
     * A mark that is not what it was.
     *
     * @param was as expected
     * @param is as found
     */
    public record Change(Marks.Mark was, Marks.Mark is) {}

    /** Takes copies of the lists. */
    public MarksDifference {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        changed = List.copyOf(changed);
    }

    /**
     * Compares two sets of marks.
     *
     * @param expected each name once
     * @param actual each name once
     * @return what differs, sorted
     */
    public static MarksDifference between(List<Marks.Mark> expected, List<Marks.Mark> actual) {
        Map<String, Marks.Mark> before = byName(expected);
        Map<String, Marks.Mark> now = byName(actual);
        return new MarksDifference(
                expected.stream()
                        .filter(m -> !now.containsKey(m.qualifiedName()))
                        .sorted()
                        .toList(),
                actual.stream()
                        .filter(m -> !before.containsKey(m.qualifiedName()))
                        .sorted()
                        .toList(),
                expected.stream()
                        .sorted()
                        .flatMap(was -> Stream.ofNullable(now.get(was.qualifiedName()))
                                .filter(is -> !is.equals(was))
                                .map(is -> new Change(was, is)))
                        .toList());
    }

    /**
     * Says whether nothing differs.
     *
     * @return true if the marks are the same
     */
    public boolean isNone() {
        return removed.isEmpty() && added.isEmpty() && changed.isEmpty();
    }

    /**
     * Tells it to a person.
     *
     * @return a line for each mark, with {@code removed:}, {@code added:} or {@code changed:} in front
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(lines, "removed", removed.stream().map(this::removed).toList());
        add(lines, "added", added.stream().map(Marks.Mark::toString).toList());
        add(lines, "changed", changed.stream().map(MarksDifference::changed).toList());
        return lines;
    }

    private static void add(List<String> lines, String label, List<String> texts) {
        for (int i = 0; i < Math.min(MOST_SHOWN, texts.size()); i++) {
            lines.add("%-10s %s".formatted(label + ":", texts.get(i)));
        }
        if (texts.size() > MOST_SHOWN) {
            lines.add("%-10s and %d more".formatted(label + ":", texts.size() - MOST_SHOWN));
        }
    }

    private String removed(Marks.Mark mark) {
        return renamed(mark).map(now -> mark + " (is it " + now + " now?)").orElseGet(mark::toString);
    }

    /** An added one that could be it: of a near name and the same arguments. */
    private Optional<String> renamed(Marks.Mark mark) {
        List<String> candidates = added.stream()
                .filter(a -> a.arguments().equals(mark.arguments()))
                .map(Marks.Mark::qualifiedName)
                .toList();
        return NearestNames.to(mark.qualifiedName(), candidates, 1).stream().findFirst();
    }

    private static String changed(Change change) {
        return "%s, was %s, is %s"
                .formatted(
                        change.was().qualifiedName(),
                        change.was().signature(),
                        change.is().signature());
    }

    private static Map<String, Marks.Mark> byName(List<Marks.Mark> marks) {
        return marks.stream().collect(Collectors.toMap(Marks.Mark::qualifiedName, Function.identity()));
    }
}
