package io.probeunit.internal.host.sidecar;

/** The image of the sidecar with the tools of engines, for daemons that cannot build it. */
public final class PreparedImage {

    private PreparedImage() {}

    /** Builds it where it is not there yet; its name. */
    public static String name() {
        return SidecarImage.of(SidecarSettings.defaults().withTools(), new byte[0])
                .prepare();
    }
}
