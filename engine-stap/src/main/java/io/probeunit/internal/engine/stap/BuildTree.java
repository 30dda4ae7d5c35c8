package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Host;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The files of a kernel's build that SystemTap's BPF runtime needs: the configuration, and symbols that say that return
 * probes exist. Kernel headers are not needed.
 */
final class BuildTree {

    /** {@code staprun} checks these names before it allows a return probe; the addresses are never used. */
    private static final String SYMBOLS =
            "ffffffff81000000 T _stext\nffffffff81000100 T arch_uretprobe_hijack_return_addr\n";

    private static final String PACKED_CONFIG = "/proc/config.gz";

    private BuildTree() {}

    /** Where the running kernel's configuration is; empty if nowhere. */
    static Optional<String> config(Host host) {
        String release = host.kernel().release();
        return places(release).stream().filter(host.files()::exists).findFirst();
    }

    static List<String> places(String release) {
        return List.of(
                PACKED_CONFIG,
                "/boot/config-" + release,
                "/lib/modules/" + release + "/config",
                "/lib/modules/" + release + "/build/.config");
    }

    /** The running kernel's configuration; nothing where it is nowhere. */
    static String configuration(Host host) {
        return config(host)
                .map(path -> new String(unpacked(path, host.files().bytes(path)), StandardCharsets.US_ASCII))
                .orElse("");
    }

    static void create(Host host, String folder) {
        String config = config(host)
                .orElseThrow(() ->
                        new EngineException("The running kernel's configuration is not there (PU1014): looked for %s."
                                .formatted(
                                        String.join(", ", places(host.kernel().release())))));
        host.files().createFolder(folder + "/include/config");
        host.files().write(folder + "/.config", unpacked(config, host.files().bytes(config)));
        host.files().write(folder + "/Module.symvers", new byte[0]);
        host.files().write(folder + "/System.map", SYMBOLS.getBytes(StandardCharsets.US_ASCII));
        host.files()
                .write(
                        folder + "/include/config/kernel.release",
                        (host.kernel().release() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] unpacked(String path, byte[] content) {
        if (!path.equals(PACKED_CONFIG)) {
            return content;
        }
        try (GZIPInputStream unzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return unzip.readAllBytes();
        } catch (IOException e) {
            throw new EngineException(
                    "The kernel's configuration %s could not be unpacked (PU1015): %s".formatted(path, e.getMessage()),
                    e);
        }
    }
}
