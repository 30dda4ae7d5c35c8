package io.probeunit.internal.engine.stap;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.tracefs.EventList;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes the leftovers of a session whose process was killed: uprobe events, which keep the container's file system in
 * use, the folder of its FIFOs, and our own folder. Everything has a name that only this session can have.
 */
final class StapLeftovers {

    static final String UPROBE_EVENTS = "/sys/kernel/debug/tracing/uprobe_events";

    /** The group, the process and the path of a uprobe that SystemTap made. */
    private static final Pattern EVENT = Pattern.compile("[pr]\\d*:(uprobes/stapprobe_(\\d+)_\\d+) (.*):0x[0-9a-f]+.*");

    /** Some tens of milliseconds each, where a process was killed. */
    private static final Duration LETTING_GO = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long NO_PROCESS = 0;
    private static final String FIFO_PARENTS = "/var/tmp";
    private static final String FIFO_PARENT_PREFIX = "systemtap-";

    private final Host host;

    StapLeftovers(Host host) {
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
            removeEvents(stapbpf, session);
        }
        host.files().delete(session.path());
    }

    /**
     * Removes all traces of sessions whose JVM has ended, and ends their processes. Several JVMs may do so at once. What
     * cannot be removed stays for the next run, and disturbs no test of this one.
     */
    void sweep() throws InterruptedException {
        String parent = SessionFolder.parent(host);
        for (String name : host.files().list(parent)) {
            SessionFolder session = new SessionFolder(parent, name);
            if (SessionFolder.isName(name) && !isOwned(session)) {
                sweep(session);
            }
        }
    }

    /**
     * A helper or a container that was killed took its folders with it; the events that it left have our path in them.
     * The kernel releases them some time after it has ended their process; nothing waits for that.
     */
    void removeAbandonedEvents() {
        if (!removedAllAbandoned()) {
            DaemonThread.start("probeunit-stap-sweep", this::removeAbandonedLater);
        }
    }

    private void removeAbandonedLater() {
        try {
            Deadline.after(LETTING_GO).poll(PAUSE, this::removedAllAbandoned);
        } catch (InterruptedException | HostException hostHasEnded) {
            // the next run goes on with it
        }
    }

    private boolean removedAllAbandoned() {
        Set<Event> abandoned = abandoned(events());
        abandoned.removeIf(this::isRemoved);
        return abandoned.isEmpty();
    }

    private Set<Event> abandoned(Stream<Event> events) {
        Map<Event.Maker, Boolean> known = new HashMap<>();
        return events.filter(e -> known.computeIfAbsent(e.maker(), m -> host.isAbandoned(m.path(), m.pid())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Removes the events of a session whose host has ended, where this host has the same kernel; or else leaves them to the
     * next session. Its helper may end a little later than the way to it, and the kernel releases them some time after that.
     */
    void cleanAfter(Host ended, SessionFolder session, long stapbpf) throws InterruptedException {
        Deadline.after(LETTING_GO).poll(PAUSE, () -> {
            Set<Event> left = events().filter(e -> e.pid() == stapbpf && mayBeOf(ended, session, e.path()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            abandoned(left.stream()).stream().filter(this::isRemoved).forEach(left::remove);
            return left.isEmpty();
        });
    }

    private boolean isRemoved(Event event) {
        try {
            remove(event.name());
            return true;
        } catch (HostException usedOrGone) {
            return false;
        }
    }

    private void sweep(SessionFolder session) throws InterruptedException {
        try {
            clean(session, endOf(session).orElse(NO_PROCESS));
        } catch (HostException e) {
            System.getLogger(StapLeftovers.class.getName())
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

    /** Only those that may have been made from this host: another PID namespace may have given the same id. */
    private void removeEvents(long stapbpf, SessionFolder session) {
        for (String event : eventsOf(stapbpf, session)) {
            try {
                remove(event);
            } catch (HostException e) {
                // another run may have removed it in the meantime
                if (eventsOf(stapbpf, session).contains(event)) {
                    throw e;
                }
            }
        }
    }

    private void remove(String event) {
        host.files().append(UPROBE_EVENTS, ("-:" + event + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private Set<String> eventsOf(long stapbpf, SessionFolder session) {
        return events().filter(e -> e.pid() == stapbpf && mayBeOf(host, session, e.path()))
                .map(Event::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A stand-in is in the session's own folder. */
    private static boolean mayBeOf(Host host, SessionFolder session, String path) {
        return path.startsWith(session.parent() + "/")
                ? path.startsWith(session.path() + "/")
                : host.mayHaveProbed(path);
    }

    private Stream<Event> events() {
        return EventList.read(host.files(), UPROBE_EVENTS)
                .lines()
                .map(EVENT::matcher)
                .filter(Matcher::matches)
                .map(m -> new Event(m.group(1), new Event.Maker(Long.parseLong(m.group(2)), m.group(3))));
    }

    /** A uprobe as the kernel lists it. */
    private record Event(String name, Maker maker) {

        /** A process, and a path by which it named the file. */
        private record Maker(long pid, String path) {}

        long pid() {
            return maker.pid();
        }

        String path() {
            return maker.path();
        }
    }
}
