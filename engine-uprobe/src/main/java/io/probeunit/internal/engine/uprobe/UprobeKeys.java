package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.Values;
import java.util.List;

/** The settings of the built-in engine. */
public final class UprobeKeys {

    /** An {@link AttachMode}. */
    public static final Setting ATTACH = Setting.of(
            "probeunit.uprobe.attach",
            Values.Choice.of(AttachMode.class),
            AttachMode.AUTO.name(),
            "How the built-in engine attaches its program; LINK needs Linux 6.6.");

    private UprobeKeys() {}

    /** All of them. */
    public static List<Setting> all() {
        return List.of(ATTACH);
    }
}
