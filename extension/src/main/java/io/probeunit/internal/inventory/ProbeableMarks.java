package io.probeunit.internal.inventory;

import io.probeunit.Marks;
import java.util.List;

/**
 * The marks of a binary that annotations may name, and those that they may not.
 *
 * @param marks that can be probed
 * @param refused that cannot
 */
public record ProbeableMarks(Marks marks, List<Refused> refused) {

    /** Takes a copy of the list. */
    public ProbeableMarks {
        refused = List.copyOf(refused);
    }

    /**
     * A mark that cannot be probed.
     *
     * @param name {@code provider:name}
     * @param reason in a sentence without a full stop
     */
    public record Refused(String name, String reason) {}
}
