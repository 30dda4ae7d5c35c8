package io.probeunit.host.sidecar;

import com.sun.jna.Native;
import io.probeunit.host.HostException;
import io.probeunit.host.remote.HostAgent;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;

/** The files of the class path from which what runs in the sidecar is loaded: ours, JNA, jelf. */
final class OwnClasses {

    private OwnClasses() {}

    /** Archives or folders, each once. */
    static List<Path> files() {
        return Stream.of(HostAgent.class, Native.class, ElfFile.class)
                .map(OwnClasses::file)
                .distinct()
                .toList();
    }

    private static Path file(Class<?> type) {
        URL location = Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .orElseThrow(() -> new HostException(
                        "Where %s was loaded from cannot be told, so it cannot be copied into a sidecar."
                                .formatted(type.getName())));
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException | RuntimeException e) {
            throw new HostException(
                    "%s was loaded from %s, which is neither a file nor a folder, so it cannot be copied into a sidecar. Put ProbeUnit's archive on the class path as it is."
                            .formatted(type.getName(), location),
                    e);
        }
    }
}
