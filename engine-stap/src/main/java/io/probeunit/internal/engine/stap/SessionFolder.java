package io.probeunit.internal.engine.stap;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.ProcessName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The private folder of one session, and the names that everything of the session goes by, so that it can be found and
 * removed whatever died.
 *
 * @param name never used before: SystemTap refuses a module whose FIFOs are still there
 */
record SessionFolder(String name) {

    /** A file system in memory, root's own, empty after a boot: what a boot removes by itself need not be cleaned up. */
    static final String PARENT = "/run/probeunit/stap";

    private static final Pattern NAME = Pattern.compile("pu_\\d+_[0-9a-f]+");
    private static final String OWNER = "owner";
    private static final String STAPBPF = "stapbpf";

    /** Creates the folder, and writes its owner into it. */
    static SessionFolder create(Host host, ProcessName owner) {
        SessionFolder folder =
                new SessionFolder("pu_" + owner.pid() + "_" + Nonce.random().text());
        host.files().createFolder(folder.path());
        folder.write(host, OWNER, owner.toString());
        return folder;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    String path() {
        return PARENT + "/" + name;
    }

    String script() {
        return path() + "/script.stp";
    }

    String object() {
        return path() + "/" + name + ".bo";
    }

    /** Of one file that SystemTap is not shown itself. */
    String standIn(int number) {
        return path() + "/file" + number;
    }

    String tree() {
        return path() + "/tree";
    }

    /** What SystemTap is shown of its library. */
    String tapset() {
        return path() + "/tapset";
    }

    /** Where the process writes its own id before it becomes stapbpf. */
    String pidFile() {
        return path() + "/" + STAPBPF;
    }

    String owner() {
        return path() + "/" + OWNER;
    }

    void write(Host host, String file, String text) {
        host.files().write(path() + "/" + file, text.getBytes(StandardCharsets.UTF_8));
    }
}
