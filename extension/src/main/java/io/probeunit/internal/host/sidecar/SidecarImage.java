package io.probeunit.internal.host.sidecar;

import io.probeunit.internal.docker.Archive;
import io.probeunit.internal.docker.HelperImage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/** The image of the sidecar: only our helper, or, for tests that need tools, Debian with SystemTap and perf. */
final class SidecarImage {

    /** Where the helper is, in every image. */
    static final String HELPER = "probeunit-helper";

    /**
     * {@code stapbpf} belongs to root and has the setuid bit. With a daemon that remaps users, the files of its images
     * belong to another user. With the setuid bit, {@code stapbpf} would run as this user, who may not load programs.
     */
    private static final String RECIPE = """
            FROM debian:bookworm-slim
            RUN apt-get update \\
             && apt-get install -y --no-install-recommends systemtap linux-perf \\
             && chmod u-s /usr/bin/stapbpf \\
             && rm -rf /var/lib/apt/lists/*
            """;

    private SidecarImage() {}

    /** That of these settings. */
    static HelperImage of(SidecarSettings settings, byte[] helper) {
        if (settings.image().isPresent()) {
            return new HelperImage.Named(settings.image().get());
        }
        return settings.tools()
                ? new HelperImage.Built("probeunit/sidecar:" + tag(RECIPE.getBytes(StandardCharsets.UTF_8)), RECIPE)
                : new HelperImage.Imported("probeunit/helper:" + tag(helper), new Archive(Map.of(HELPER, helper)));
    }

    /** What it is, for reports. */
    static String story(SidecarSettings settings) {
        return settings.image()
                .map("the image %s"::formatted)
                .orElse(
                        settings.tools()
                                ? "our image probeunit/sidecar"
                                : "our image probeunit/helper, some kilobytes");
    }

    private static String tag(byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        return Long.toHexString(sum.getValue());
    }
}
