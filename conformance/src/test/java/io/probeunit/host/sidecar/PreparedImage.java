package io.probeunit.host.sidecar;

import java.util.Optional;

/** The image of the sidecar, for daemons that cannot build it. */
public final class PreparedImage {

    private PreparedImage() {}

    /** Builds it where it is not there yet; its name. */
    public static String name() {
        return SidecarImage.of(Optional.empty()).prepare();
    }
}
