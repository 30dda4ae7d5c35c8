package io.probeunit.internal.engine.stap;

import io.probeunit.internal.host.HostFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of SystemTap's script library that our scripts need: one file, which reads messages from FIFOs. By default
 * SystemTap reads the whole library, which takes most of the time for a small script.
 */
final class Tapset {

    /** Tells SystemTap where its library is. */
    static final String VARIABLE = "SYSTEMTAP_TAPSET";

    private static final String LIBRARY = "/share/systemtap/tapset";
    private static final String NEEDED = "/bpf/target.stp";

    /** In the order of the usual PATH. */
    private static final List<String> PREFIXES = List.of("/usr/local", "/usr");

    private Tapset() {}

    /**
     * Makes the part.
     *
     * @param command how SystemTap is called: its library is looked for beside it
     * @param folder where it is put
     * @return empty if the library is not where it usually is
     */
    static Optional<String> create(HostFiles files, String command, String folder) {
        Stream<String> prefixes = command.endsWith("/bin/stap")
                ? Stream.of(command.substring(0, command.length() - "/bin/stap".length()))
                : PREFIXES.stream()
                        .filter(prefix -> command.equals("stap") && files.exists(prefix + "/bin/stap"))
                        .limit(1);
        Optional<String> needed = prefixes.map(prefix -> prefix + LIBRARY + NEEDED)
                .filter(files::exists)
                .findFirst();
        return needed.map(file -> {
            if (!files.exists(folder)) {
                files.createFolder(folder + "/bpf");
                files.createLink(folder + NEEDED, file);
            }
            return folder;
        });
    }
}
