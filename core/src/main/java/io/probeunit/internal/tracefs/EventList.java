package io.probeunit.internal.tracefs;

import io.probeunit.internal.host.HostFiles;
import java.util.function.Supplier;

/** The kernel's list of uprobe events of all tools; {@code Documentation/trace/uprobetracer.rst}. */
public final class EventList {

    /** Others would have to add or remove events all the time. */
    private static final int TRIES = 100;

    private EventList() {}

    /**
     * The list, whole. The kernel gives it in pieces and counts lines in between: where somebody removes an event from a
     * piece that was read, the first of the next one falls out. So it is read until it stays the same.
     *
     * @param files of the host
     * @param path of {@code uprobe_events}
     * @return a line for each place of an event; nothing where there is no such list
     */
    public static String read(HostFiles files, String path) {
        return settled(() -> files.textIfThere(path).orElse(""));
    }

    static String settled(Supplier<String> source) {
        String before = source.get();
        for (int i = 0; i < TRIES; i++) {
            String now = source.get();
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
        return before;
    }
}
