package io.probeunit.engine.uprobe;

import java.util.List;

/**
 * The form of a record in the ring buffer, shared by all sites that read their values in the same way.
 *
 * @param slots how each slot is read
 */
record Layout(List<SlotReading> slots) {

    static final int NANOS = 0;
    static final int TASK = 8;
    static final int COMMAND = 16;
    static final int COOKIE = 32;
    static final int COMMAND_BYTES = 16;
    private static final int FIRST_SLOT = 40;

    int offset(int slot) {
        return FIRST_SLOT
                + slots.subList(0, slot).stream().mapToInt(SlotReading::bytes).sum();
    }

    int bytes() {
        return offset(slots.size());
    }

    boolean reads() {
        return slots.stream().anyMatch(SlotReading::reads);
    }
}
