package io.probeunit.internal.engine.stap;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.ProcessName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The private folder of one session, and the names that everything of the session goes by, so that it can be found and
 * removed whatever died.
 *
 * @param parent the folder of all sessions of its host
 * @param name never used before: SystemTap refuses a module whose FIFOs are still there
 */
record SessionFolder(String parent, String name) {

    private static final Pattern NAME = Pattern.compile("pu_\\d+_[0-9a-f]+");
    private static final String OWNER = "owner";
    private static final String STAPBPF = "stapbpf";

    /** Creates the folder, and writes its owner into it. */
    static SessionFolder create(Host host, ProcessName owner) {
        SessionFolder folder = new SessionFolder(
                parent(host), "pu_" + owner.pid() + "_" + Nonce.random().text());
        host.files().createFolder(folder.path());
        folder.write(host, OWNER, owner.toString());
        return folder;
    }

    /** Where a host has the folders of its sessions. The kernel shows the path of a {@link StandIn}, and so whose it is. */
    static String parent(Host host) {
        return host.ownFolder() + "/stap";
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    String path() {
        return parent + "/" + name;
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
