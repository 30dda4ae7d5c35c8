package io.probeunit.internal.junit.lifecycle;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.configuration.SnapshotSettings;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.TargetChoice;
import io.probeunit.internal.inventory.Inventory;
import io.probeunit.internal.inventory.MarkSnapshots;
import io.probeunit.internal.inventory.SnapshotResult;
import io.probeunit.internal.junit.declared.MarksExpectation;
import io.probeunit.internal.run.HostRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.AssertionFailedError;

/**
 * The {@code @ExpectMarks} of one test. The marks are read before the test, so that errors come first; differences are
 * reported after it, together with other failures of the test.
 */
final class MarksCheck {

    private static final Namespace NAMESPACE = Namespace.create(MarksCheck.class);

    private record Checked(MarksExpectation expectation, Marks marks, SnapshotResult result) {}

    private final List<MarksExpectation> expectations;
    private final SnapshotSettings settings;
    private volatile List<Checked> checked = List.of();

    MarksCheck(List<MarksExpectation> expectations, SnapshotSettings settings) {
        this.expectations = List.copyOf(expectations);
        this.settings = settings;
    }

    /** That of a test; one that expects nothing if the test has none. */
    static MarksCheck of(ExtensionContext test) {
        return Optional.ofNullable(test.getStore(NAMESPACE).get(MarksCheck.class, MarksCheck.class))
                .orElseGet(() -> new MarksCheck(List.of(), new SnapshotSettings(false, Optional.empty())));
    }

    void putInto(ExtensionContext test) {
        test.getStore(NAMESPACE).put(MarksCheck.class, this);
    }

    /**
     * Compares the marks with their snapshots, or writes these.
     *
     * @throws ProbeException if there is nothing to compare, with all the reasons
     */
    void check(Supplier<TargetChoice> targets, HostRegistry registry, ExtensionContext context) {
        if (expectations.isEmpty()) {
            return;
        }
        TargetChoice choice = targets.get();
        List<Checked> all = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (MarksExpectation expectation : expectations) {
            DeclaredTarget target = choice.of(expectation.declaration(), expectation.container());
            try {
                all.add(check(expectation, target, registry));
            } catch (ProbeException e) {
                problems.add(expectation.declaration() + ": " + e.getMessage());
            }
        }
        checked = List.copyOf(all);
        report(context);
        if (!problems.isEmpty()) {
            throw new ProbeException(String.join("\n", problems));
        }
    }

    private Checked check(MarksExpectation expectation, DeclaredTarget target, HostRegistry registry) {
        Inventory inventory = registry.inventory();
        MarkSnapshots snapshots = registry.snapshots(settings);
        Marks marks =
                inventory.read(target.name(), target.container(inventory::isContainer), expectation.binaryOf(target));
        return new Checked(
                expectation,
                marks,
                snapshots.check(marks, expectation.provider(), expectation.snapshot(), expectation.declaration()));
    }

    /** What the test fails with on its marks; empty if it does not. */
    Optional<AssertionFailedError> failure() {
        List<Checked> different = checked.stream()
                .filter(c -> c.result() instanceof SnapshotResult.Different)
                .toList();
        if (different.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        lines.add("The marks of %s of %d @ExpectMarks are not those of the snapshot"
                .formatted(different.size(), checked.size()));
        for (int i = 0; i < different.size(); i++) {
            tell(i + 1, different.get(i), lines);
        }
        return Optional.of(new AssertionFailedError(
                String.join("\n", lines),
                values(different, SnapshotResult.Different::expected),
                values(different, SnapshotResult.Different::actual)));
    }

    private static String values(List<Checked> different, Function<SnapshotResult.Different, String> value) {
        return different.stream()
                .map(c -> value.apply((SnapshotResult.Different) c.result()))
                .collect(Collectors.joining("\n"));
    }

    private static void tell(int number, Checked checked, List<String> lines) {
        SnapshotResult.Different different = (SnapshotResult.Different) checked.result();
        lines.add("");
        lines.add("%d) %s".formatted(number, checked.expectation().declaration()));
        different.difference().lines().forEach(line -> lines.add("   " + line));
        lines.add("   binary:    " + checked.marks().place());
        checked.marks().warnings().forEach(warning -> lines.add("              " + warning));
        lines.add("   snapshot:  " + different.place());
        lines.add("   to accept: run the test once with -Dprobeunit.snapshots=update, and review the snapshot's diff");
    }

    /** Never changes a result: problems here go to the log. */
    private void report(ExtensionContext context) {
        if (checked.isEmpty()) {
            return;
        }
        try {
            context.publishReportEntry(
                    "probeunit.marks", checked.stream().map(MarksCheck::line).collect(Collectors.joining("\n")));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            TestRun.of(context).reportTrouble().tell("report entries", context.getUniqueId(), e);
        }
    }

    private static String line(Checked checked) {
        String provider = checked.expectation().provider();
        Marks marks = provider.isEmpty() ? checked.marks() : checked.marks().ofProvider(provider);
        int count = marks.list().size();
        String what = "%d %s in %s".formatted(count, count == 1 ? "mark" : "marks", marks.place());
        if (checked.result() instanceof SnapshotResult.Written written) {
            return "%s: %s %s".formatted(what, written.isNew() ? "wrote the new snapshot" : "rewrote", written.file());
        }
        return checked.result() instanceof SnapshotResult.Same same
                ? "%s: as in %s".formatted(what, same.place())
                : "%s: other than in %s".formatted(what, ((SnapshotResult.Different) checked.result()).place());
    }
}
