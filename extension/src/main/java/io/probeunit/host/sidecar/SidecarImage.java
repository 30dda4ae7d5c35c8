package io.probeunit.host.sidecar;

import io.probeunit.docker.HelperImage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** The image of the sidecar: a Debian base with a Java runtime, for our own code, SystemTap and perf. */
final class SidecarImage {

    /**
     * {@code stapbpf} belongs to root and is run as root. With a daemon that maps users elsewhere the files of its images belong
     * to another user, whom it would become, and who may load nothing.
     */
    private static final String RECIPE = """
            FROM debian:bookworm-slim
            RUN apt-get update \\
             && apt-get install -y --no-install-recommends openjdk-17-jre-headless systemtap linux-perf \\
             && chmod u-s /usr/bin/stapbpf \\
             && rm -rf /var/lib/apt/lists/*
            """;

    private SidecarImage() {}

    static HelperImage of(Optional<String> named) {
        return named.<HelperImage>map(HelperImage.Named::new)
                .orElseGet(() -> new HelperImage.Built("probeunit/sidecar:" + tag(RECIPE), RECIPE));
    }

    private static String tag(String recipe) {
        CRC32 sum = new CRC32();
        sum.update(recipe.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
