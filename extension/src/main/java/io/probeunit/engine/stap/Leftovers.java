package io.probeunit.engine.stap;

import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.ProcessName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes what a session leaves where its process was killed: uprobe events, which pin the container's file system, the
 * folder of its FIFOs, and our own folder. Everything is found by a name that only that session can have had.
 */
final class Leftovers {

    static final String UPROBE_EVENTS = "/sys/kernel/debug/tracing/uprobe_events";

    private static final Pattern IN_SIDECAR =
            Pattern.compile("[pr]\\d*:uprobes/stapprobe_(\\d+)_\\d+ " + Host.SHOWN_ROOTS + "/.*");

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

    /** Removes all traces of a session whose process has ended; our own folder last, since it tells of the others. */
    void clean(SessionFolder session, long stapbpf) {
        fifoFolder(session).ifPresent(host.files()::delete);
        if (!isStapbpfOfAnother(stapbpf, session)) {
            removeEvents(stapbpf);
        }
        host.files().delete(session.path());
    }

    /**
     * Removes all traces of sessions whose JVM has ended, and ends their processes. Several JVMs may do so at once. What
     * cannot be removed stays for the next run, and disturbs no test of this one.
     */
    void sweep() throws InterruptedException {
        for (String name : host.files().list(SessionFolder.PARENT)) {
            SessionFolder session = new SessionFolder(name);
            if (SessionFolder.isName(name) && !isOwned(session)) {
                sweep(session);
            }
        }
        removeEventsOfDeadSidecars();
    }

    /** A sidecar that was killed took its folders with it; the events that it left have our path in them. */
    private void removeEventsOfDeadSidecars() {
        host.files().textIfThere(UPROBE_EVENTS).stream()
                .flatMap(String::lines)
                .map(IN_SIDECAR::matcher)
                .filter(Matcher::matches)
                .map(m -> Long.parseLong(m.group(1)))
                .distinct()
                .filter(pid -> ProcessName.of(host.files(), pid).isEmpty())
                .forEach(this::removeEvents);
    }

    private void sweep(SessionFolder session) throws InterruptedException {
        try {
            clean(session, endOf(session).orElse(NO_PROCESS));
        } catch (HostException e) {
            System.getLogger(Leftovers.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "Could not remove everything that the dead session %s left behind: %s"
                                    .formatted(session.name(), e.getMessage()));
        }
    }

    /** Where the owner's name is not written yet, or never was, the number in the folder's name has to do. */
    private boolean isOwned(SessionFolder session) {
        return host.files()
                .textIfThere(session.owner())
                .flatMap(ProcessName::parse)
                .map(p -> p.isAlive(host.files()))
                .orElseGet(() -> host.files().exists("/proc/" + session.name().split("_")[1]));
    }

    /** Ends the process of a session; its id, whether it was still there or not. */
    private Optional<Long> endOf(SessionFolder session) throws InterruptedException {
        Optional<Long> pid = host.files()
                .textIfThere(session.pidFile())
                .map(String::strip)
                .filter(t -> t.matches("\\d+"))
                .map(Long::valueOf);
        Optional<ProcessName> process = pid.flatMap(p -> ProcessName.of(host.files(), p));
        // the name is taken before the look at the command, so that it is the name of the process that was looked at
        if (process.isPresent() && commandOf(pid.get()).contains(session.name())) {
            new StrayProcess(host, process.get()).end();
        }
        return pid;
    }

    /** Whether the id was given again, to a process that has events of the same names. */
    private boolean isStapbpfOfAnother(long pid, SessionFolder session) {
        String command = commandOf(pid);
        return command.contains("stapbpf") && !command.contains(session.name());
    }

    private String commandOf(long pid) {
        return host.files().textIfThere("/proc/" + pid + "/cmdline").orElse("");
    }

    private void removeEvents(long stapbpf) {
        for (String event : events(stapbpf)) {
            try {
                host.files().append(UPROBE_EVENTS, ("-:" + event + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (HostException e) {
                // another run may have removed it in the meantime
                if (events(stapbpf).contains(event)) {
                    throw e;
                }
            }
        }
    }

    private List<String> events(long stapbpf) {
        Pattern ours = Pattern.compile("[pr]:(uprobes/stapprobe_" + stapbpf + "_\\d+)(?: .*)?");
        return host.files().textIfThere(UPROBE_EVENTS).stream()
                .flatMap(String::lines)
                .map(ours::matcher)
                .filter(m -> m.matches())
                .map(m -> m.group(1))
                .toList();
    }
}
