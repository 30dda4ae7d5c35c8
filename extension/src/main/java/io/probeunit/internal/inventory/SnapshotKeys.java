package io.probeunit.internal.inventory;

import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.Values;
import java.util.List;

/** The settings of snapshots. */
public final class SnapshotKeys {

    /** The value of {@link #MODE} that writes. */
    public static final String UPDATE = "update";

    /** What becomes of them. */
    public static final Setting MODE = Setting.of(
            "probeunit.snapshots",
            new Values.Choice(List.of("compare", UPDATE)),
            "compare",
            "Whether the marks of a binary are compared with their snapshot, or written to it.");

    /** Where they are written. */
    public static final Setting FOLDER = Setting.unset(
            "probeunit.snapshots.folder",
            new Values.Text("a folder, such as src/test/resources"),
            "Where snapshots are written: the sources of the test resources.");

    private SnapshotKeys() {}

    /** All of them. */
    public static List<Setting> all() {
        return List.of(MODE, FOLDER);
    }
}
