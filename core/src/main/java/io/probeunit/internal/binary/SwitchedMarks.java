package io.probeunit.internal.binary;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.util.List;

/** Marks that a runtime passes only with an option: if such a mark does not fire, it may be off. */
final class SwitchedMarks {

    private SwitchedMarks() {}

    /** Why a mark that did not fire may have been off; empty for marks that are not known to be switched. */
    static List<Doubt> doubts(Mark mark) {
        return DataTable.rows("switched-marks.txt").stream()
                .filter(row -> row.get(0).equals(mark.provider())
                        && DataTable.words(row.get(1)).stream()
                                .anyMatch(glob -> new NamePattern(glob)
                                        .toRegex()
                                        .matcher(mark.name())
                                        .matches()))
                .map(row -> Doubt.silent("mark %s may be off: %s; one firing in the same window shows that it is on"
                        .formatted(mark.qualifiedName(), row.get(2))))
                .toList();
    }
}
