package io.probeunit.internal.binary;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.util.List;

/** Marks that their runtime passes only when it is told so: that none is hit says nothing while they may be off. */
final class SwitchedMarks {

    private SwitchedMarks() {}

    /** Why a mark that was not hit may have been off; empty for marks that are not known to be switched. */
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
