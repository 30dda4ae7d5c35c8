package io.probeunit.internal.binary;

import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Marks at the address of another mark: a linker that folds functions of equal code into one ({@code --icf}) leaves the
 * notes of both, and a firing there may belong to either.
 */
final class FoldedMarks {

    private FoldedMarks() {}

    /** Why firings of a mark may be those of others of the file; empty if there is no reason. */
    static List<Doubt> doubts(Mark mark, List<Mark> all) {
        Set<Long> addresses = mark.sites().stream().map(MarkSite::address).collect(Collectors.toSet());
        Set<String> others = all.stream()
                .filter(other -> !other.qualifiedName().equals(mark.qualifiedName()))
                .filter(other -> other.sites().stream().anyMatch(site -> addresses.contains(site.address())))
                .map(Mark::qualifiedName)
                .collect(Collectors.toCollection(TreeSet::new));
        return others.isEmpty()
                ? List.of()
                : List.of(Doubt.others(
                        "mark %s is at the same address as %s, because the linker folded functions into one: a firing may belong to either; link without --icf"
                                .formatted(mark.qualifiedName(), String.join(", ", others))));
    }
}
