package io.probeunit.internal.engine;

import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.Values;
import java.util.List;

/** The settings that engines have in common. */
public final class EngineKeys {

    /** A {@link Values.Time}. */
    public static final Setting ARM_TIMEOUT = Setting.of(
            "probeunit.arm.timeout", new Values.Time(), "60s", "How long compiling, and then arming, may take.");

    /** All of them. */
    public static final List<Setting> COMMON = List.of(ARM_TIMEOUT);

    private EngineKeys() {}
}
