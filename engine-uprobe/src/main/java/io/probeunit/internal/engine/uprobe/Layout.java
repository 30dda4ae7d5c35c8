package io.probeunit.internal.engine.uprobe;

import java.util.List;

/**
 * The form of a record in the ring buffer, and how a firing without a record is judged; shared by all sites that do both in
 * the same way.
 *
 * @param slots how each slot is read
 * @param filters what is judged by
 */
record Layout(List<SlotReading> slots, List<SiteFilter> filters) {

    static final int NANOS = 0;
    static final int TASK = 8;
    static final int COMMAND = 16;
    static final int COOKIE = 32;
    static final int COMMAND_BYTES = 16;
    private static final int FIRST_SLOT = 40;

    Layout {
        slots = List.copyOf(slots);
        filters = List.copyOf(filters);
    }

    /** A layout that judges by nothing. */
    Layout(List<SlotReading> slots) {
        this(slots, List.of());
    }

    int offset(int slot) {
        return FIRST_SLOT
                + slots.subList(0, slot).stream().mapToInt(SlotReading::bytes).sum();
    }

    int bytes() {
        return offset(slots.size());
    }

    /** Whether it needs the time of the entry. */
    boolean isTimed() {
        return slots.contains(new SlotReading.Took()) || filters.stream().anyMatch(SiteFilter::isTimed);
    }

    boolean reads() {
        return slots.stream().anyMatch(SlotReading::reads) || filters.stream().anyMatch(SiteFilter::readsMemory);
    }
}
