package io.probeunit.internal.engine;

import io.probeunit.internal.plan.CaptureSource;
import java.util.List;
import java.util.Optional;

/**
 * A place of a firing in which a value is recorded.
 *
 * @param source where the value comes from
 * @param text whether it is the address of a string that is to be read
 */
public record Slot(CaptureSource source, boolean text) {

    /**
     * Says why an engine that copies no stacks cannot serve a point.
     *
     * @param slots of the point
     * @return empty if no stack is wanted
     */
    public static Optional<String> refusalOfStack(List<Slot> slots) {
        return slots.stream().anyMatch(slot -> slot.source() instanceof CaptureSource.Stack)
                ? Optional.of(
                        "it copies no stacks (PU1081); leave out capture = \"stack\", or take engine UPROBE or PERF")
                : Optional.empty();
    }
}
