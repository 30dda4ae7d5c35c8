package io.probeunit.assertj;

import io.probeunit.Marks;
import io.probeunit.internal.inventory.MarkSnapshots;
import io.probeunit.internal.inventory.MarksDifference;
import io.probeunit.internal.inventory.SnapshotName;
import io.probeunit.internal.inventory.SnapshotResult;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/** Assertions on the marks that a binary carries. */
public final class MarksAssert extends AbstractAssert<MarksAssert, Marks> {

    private static final int NEAREST = 5;
    private static final StackWalker CALLER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    MarksAssert(Marks actual) {
        super(actual, MarksAssert.class);
    }

    /**
     * Verifies that there is a mark.
     *
     * @param name {@code provider:name}, {@code name}, or a glob of either; {@code query-start} is {@code query__start}
     * @return this
     */
    public MarksAssert hasMark(String name) {
        isNotNull();
        if (matching(name).isEmpty()) {
            failWithMessage("%s", "Expecting a mark %s in %s.%n%s".formatted(name, actual.place(), instead(name)));
        }
        return this;
    }

    /**
     * Verifies that there are marks, but no such mark.
     *
     * @param name as for {@link #hasMark(String)}
     * @return this
     */
    public MarksAssert hasNoMark(String name) {
        carriesMarks();
        List<Marks.Mark> found = matching(name);
        if (!found.isEmpty()) {
            failWithMessage(
                    "%s", "Expecting no mark %s in %s, but there is:%n%s".formatted(name, actual.place(), text(found)));
        }
        return this;
    }

    /**
     * Verifies that there are marks of a provider.
     *
     * @param provider its name
     * @return this
     */
    public MarksAssert hasMarksOf(String provider) {
        isNotNull();
        if (!actual.providers().contains(provider)) {
            List<String> near = NearestNames.to(provider, actual.providers(), NEAREST);
            failWithMessage(
                    "%s",
                    "Expecting marks of the provider %s in %s, but its providers are: %s.%s"
                            .formatted(
                                    provider,
                                    actual.place(),
                                    actual.providers().isEmpty() ? "none" : String.join(", ", actual.providers()),
                                    near.isEmpty() ? "" : " Nearest: " + String.join(", ", near) + "."));
        }
        return this;
    }

    /**
     * Verifies that there are exactly these marks, in any order.
     *
     * @param marks each as snapshots write it: {@code shop:order__placed(s32, u64) guarded}
     * @return this
     * @throws io.probeunit.ProbeException if one of them is not understood
     */
    public MarksAssert containsExactly(String... marks) {
        isNotNull();
        if (marks.length == 0) {
            throw new IllegalArgumentException("containsExactly() needs marks (PU0823); to expect none, use isEmpty()");
        }
        List<Marks.Mark> expected = MarkSnapshots.parse(String.join("\n", marks), "containsExactly");
        MarksDifference difference = MarksDifference.between(expected, actual.list());
        if (!difference.isNone()) {
            failWithActualExpectedAndMessage(
                    text(actual.list()),
                    text(expected.stream().sorted().toList()),
                    "%s",
                    "Expecting exactly %d marks in %s, but:%n%s"
                            .formatted(expected.size(), actual.place(), String.join("\n", difference.lines())));
        }
        return this;
    }

    /**
     * Verifies that there are no marks at all.
     *
     * @return this
     */
    public MarksAssert isEmpty() {
        isNotNull();
        if (!actual.list().isEmpty()) {
            failWithMessage("%s", "Expecting no marks in %s, but there are:%n%s".formatted(actual.place(), all()));
        }
        return this;
    }

    /**
     * Verifies that the marks are those of a snapshot in the test resources. If the system property {@code
     * probeunit.snapshots} is {@code update}, it writes the snapshot and compares nothing.
     *
     * @param snapshot a path from the root of the test resources, or from the folder of the calling class; with a slash
     *     in front only from the root
     * @return this
     * @throws io.probeunit.ProbeException if there is no such snapshot, or it is not understood
     */
    public MarksAssert matchesSnapshot(String snapshot) {
        Class<?> caller = CALLER.getCallerClass();
        isNotNull();
        SnapshotResult result = MarkSnapshots.ofSystemProperties()
                .check(actual, "", new SnapshotName(snapshot, caller), caller.getName() + ".matchesSnapshot");
        if (result instanceof SnapshotResult.Different different) {
            failWithActualExpectedAndMessage(
                    different.actual(),
                    different.expected(),
                    "%s",
                    "Expecting the marks of %s to be those of %s, but:%n%s%nTo accept them, run the test once with -Dprobeunit.snapshots=update, and review the snapshot's diff."
                            .formatted(
                                    actual.place(),
                                    different.place(),
                                    String.join("\n", different.difference().lines())));
        }
        return this;
    }

    /**
     * Continues with the marks of one provider.
     *
     * @param provider its name
     * @return assertions on them alone
     */
    public MarksAssert ofProvider(String provider) {
        hasMarksOf(provider);
        MarksAssert ofProvider = new MarksAssert(actual.ofProvider(provider));
        return info.hasDescription() ? ofProvider.as(info.description()) : ofProvider;
    }

    /**
     * Continues with AssertJ's assertions on lists.
     *
     * @return assertions on the marks, ordered by provider, then name
     */
    public ListAssert<Marks.Mark> marks() {
        isNotNull();
        ListAssert<Marks.Mark> marks = Assertions.assertThat(actual.list());
        return info.hasDescription() ? marks.as(info.description()) : marks;
    }

    /** If a binary has no marks at all, it is more likely the wrong file than proof that one mark is missing. */
    private void carriesMarks() {
        isNotNull();
        if (actual.list().isEmpty()) {
            failWithMessage(
                    "%s",
                    "%s carries no marks at all. If that is expected, use isEmpty()%s"
                            .formatted(actual.place(), warnings()));
        }
    }

    private List<Marks.Mark> matching(String name) {
        MarkSpec wanted = MarkSpec.parse(name, new BinarySelector.TargetDefault(), Optional.empty());
        return actual.list().stream()
                .filter(mark ->
                        wanted.provider().map(p -> p.matches(mark.provider())).orElse(true))
                .filter(mark -> wanted.name().matches(mark.name()))
                .toList();
    }

    private String instead(String name) {
        List<String> lines = new ArrayList<>();
        List<String> names = actual.list().stream().map(Marks.Mark::name).toList();
        List<String> near = NearestNames.to(name.substring(name.indexOf(':') + 1), names, NEAREST).stream()
                .flatMap(n -> actual.list().stream().filter(m -> m.name().equals(n)))
                .map(Marks.Mark::qualifiedName)
                .toList();
        if (!near.isEmpty()) {
            lines.add("Nearest: " + String.join(", ", near));
        }
        lines.add(actual.list().isEmpty() ? "It carries no marks at all." + warnings() : "There are:\n" + all());
        return String.join("\n", lines);
    }

    private String all() {
        return text(actual.list());
    }

    private String warnings() {
        return actual.warnings().stream().map(w -> " " + w).collect(Collectors.joining());
    }

    private static String text(List<Marks.Mark> marks) {
        return marks.stream().map(Marks.Mark::toString).collect(Collectors.joining("\n"));
    }
}
