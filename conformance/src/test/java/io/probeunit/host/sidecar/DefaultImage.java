package io.probeunit.host.sidecar;

import java.util.Optional;

/** The sidecar's own image, for those who give it to another daemon. */
public final class DefaultImage {

    private DefaultImage() {}

    /** Builds it where the daemon does not have it; its name. */
    public static String prepare() {
        return SidecarImage.of(Optional.empty()).prepare();
    }
}
