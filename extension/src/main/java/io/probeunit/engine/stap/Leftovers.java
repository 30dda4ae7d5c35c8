package io.probeunit.engine.stap;

import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.ProcessName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Removes what a session leaves where its process was killed: uprobe events, which pin the container's file system, the
 * folder of its FIFOs, and our own folder. Everything is found by a name that only that session can have had.
 */
final class Leftovers {

    static final String UPROBE_EVENTS = "/sys/kernel/debug/tracing/uprobe_events";

    private static final long NO_PROCESS = 0;
    private static final String FIFO_PARENTS = "/var/tmp";
    private static final String FIFO_PARENT_PREFIX = "systemtap-";

    private final Host host;

    Leftovers(Host host) {
        this.host = host;
    }

    /** The folder of a session's FIFOs; SystemTap names its parent after the user. */
    Optional<String> fifoFolder(SessionFolder session) {
        return host.files().list(FIFO_PARENTS).stream()
                .filter(name -> name.startsWith(FIFO_PARENT_PREFIX))
                .map(name -> FIFO_PARENTS + "/" + name + "/" + session.name())
                .filter(host.files()::isFolder)
                .findFirst();
    }

    /** Removes all traces of a session whose process has ended. */
    void clean(SessionFolder session, long stapbpf) {
        removeEvents(stapbpf);
        fifoFolder(session).ifPresent(host.files()::delete);
        host.files().delete(session.path());
    }

    /** Removes all traces of sessions whose JVM has ended, and ends their processes. */
    void sweep() {
        host.files().list(SessionFolder.PARENT).stream()
                .filter(SessionFolder::isName)
                .map(SessionFolder::new)
                .filter(session -> !isOwned(session))
                .forEach(session -> clean(session, endOf(session).orElse(NO_PROCESS)));
    }

    /** Where the owner's name is not written yet, or never was, the number in the folder's name has to do. */
    private boolean isOwned(SessionFolder session) {
        return read(session.owner())
                .flatMap(ProcessName::parse)
                .map(p -> p.isAlive(host.files()))
                .orElseGet(() -> host.files().exists("/proc/" + session.name().split("_")[1]));
    }

    /** Ends the process of a session; its id, whether it was still there or not. */
    private Optional<Long> endOf(SessionFolder session) {
        Optional<Long> pid = read(session.pidFile())
                .map(String::strip)
                .filter(t -> t.matches("\\d+"))
                .map(Long::valueOf);
        pid.filter(p -> isProcessOf(p, session)).ifPresent(p -> new StrayProcess(host, p).end());
        return pid;
    }

    private boolean isProcessOf(long pid, SessionFolder session) {
        return read("/proc/" + pid + "/cmdline")
                .filter(c -> c.contains(session.name()))
                .isPresent();
    }

    private void removeEvents(long stapbpf) {
        Pattern ours = Pattern.compile("[pr]:(uprobes/stapprobe_" + stapbpf + "_\\d+)(?: .*)?");
        List<String> left = read(UPROBE_EVENTS).stream()
                .flatMap(String::lines)
                .map(ours::matcher)
                .filter(m -> m.matches())
                .map(m -> m.group(1))
                .toList();
        left.forEach(
                event -> host.files().append(UPROBE_EVENTS, ("-:" + event + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private Optional<String> read(String path) {
        try {
            return Optional.of(host.files().text(path));
        } catch (HostException notThere) {
            return Optional.empty();
        }
    }
}
