package io.probeunit.engine;

import io.probeunit.binary.BinaryException;
import io.probeunit.binary.CodePadding;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.target.TargetFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Holds semaphores with uprobe events that never fire, through files of tracefs alone: for hosts on which no program of ours
 * can call bpf(2); {@code Documentation/trace/uprobetracer.rst}, reference counter offset.
 *
 * <p>Unlike a descriptor, an event stays when its maker dies. The shell of the host removes those of its name when it ends, and
 * whoever comes next those of one that was killed.
 */
public final class EventSemaphores implements SemaphoreKeeper {

    /** Begins the name of a group of events; the host's name follows, as in the paths that it shows. */
    public static final String GROUP = "probeunit_inside_";

    private static final String TRACING = "/sys/kernel/debug/tracing";
    private static final String LIST = TRACING + "/uprobe_events";
    private static final String EVENTS = TRACING + "/events";

    /** What {@code EINVAL} reads like: a place has another counter. */
    private static final String TAKEN = "Invalid argument";

    private static final int MOST_SHIFTS = 16;

    private final String group;
    private final AtomicInteger numbers = new AtomicInteger();

    private EventSemaphores(String group) {
        this.group = group;
    }

    /**
     * Makes a keeper, and lets go of what hosts that were killed hold.
     *
     * @param host where the files are
     * @param name of the host, as in the paths that it shows
     * @return a keeper for this host
     */
    public static EventSemaphores on(Host host, String name) {
        letGoOfAbandoned(host);
        return new EventSemaphores(GROUP + name);
    }

    @Override
    public Hold hold(Host host, TargetFile file, Set<Long> semaphores) {
        return hold(host, file, semaphores, padding(host, file));
    }

    /** Reads each file once. */
    @Override
    public SemaphoreKeeper ofSession() {
        Map<TargetFile, List<Integer>> paddings = new ConcurrentHashMap<>();
        return (host, file, semaphores) ->
                hold(host, file, semaphores, paddings.computeIfAbsent(file, f -> padding(host, f)));
    }

    private Hold hold(Host host, TargetFile file, Set<Long> semaphores, List<Integer> padding) {
        if (padding.size() < semaphores.size()) {
            throw new EngineException(
                    "%d semaphores of %s are to be held, and there are only %d unused bytes behind its code to hold them from."
                            .formatted(semaphores.size(), file.path(), padding.size()));
        }
        if (file.hostPath().matches(".*[\\s#].*")) {
            throw new EngineException(
                    "The semaphores of %s cannot be held: the kernel's uprobe events take no path with a blank or '#' in it."
                            .formatted(file.path()));
        }
        for (int shift = 0; ; shift++) {
            Event event = new Event(host.files(), group, "s" + numbers.incrementAndGet());
            try {
                event.define(file.hostPath(), SemaphorePlaces.of(padding, semaphores, shift));
                return event;
            } catch (HostException e) {
                event.remove();
                boolean taken = String.valueOf(e.getMessage()).contains(TAKEN);
                if (!taken || shift == Math.min(MOST_SHIFTS, padding.size() - 1)) {
                    throw new EngineException(
                            "The semaphores of %s cannot be held: %s".formatted(file.path(), e.getMessage()), e);
                }
            }
        }
    }

    private static List<Integer> padding(Host host, TargetFile file) {
        try {
            return CodePadding.offsets(host.files().content(file.hostPath()), file.path());
        } catch (BinaryException | HostException e) {
            throw new EngineException(
                    "No place was found in %s to hold semaphores from: %s".formatted(file.path(), e.getMessage()), e);
        }
    }

    private static void letGoOfAbandoned(Host host) {
        for (String name : host.files().list(EVENTS)) {
            if (name.startsWith(GROUP)
                    && host.isAbandoned(Host.SHOWN_INSIDE + "/" + name.substring(GROUP.length()) + "/", 0)) {
                host.files().list(EVENTS + "/" + name).stream()
                        .filter(event -> host.files().isFolder(EVENTS + "/" + name + "/" + event))
                        .forEach(event -> new Event(host.files(), name, event).remove());
            }
        }
    }

    /** One event with a place for each semaphore. */
    private record Event(HostFiles files, String group, String name, AtomicBoolean closed) implements Hold {

        Event(HostFiles files, String group, String name) {
            this(files, group, name, new AtomicBoolean());
        }

        void define(String path, Map<Long, Integer> places) {
            write(
                    LIST,
                    places.entrySet().stream()
                            .map(place -> "p:%s/%s %s:0x%x(0x%x)\n"
                                    .formatted(group, name, path, place.getValue(), place.getKey()))
                            .collect(Collectors.joining()));
            write(folder() + "/enable", "1");
        }

        /** Does what is left to do; another one may do the same. */
        void remove() {
            try {
                if (files.exists(folder() + "/enable")) {
                    write(folder() + "/enable", "0");
                    write(LIST, "-:%s/%s\n".formatted(group, name));
                }
            } catch (HostException hostHasEnded) {
                // who comes next removes it
            }
        }

        /** Letting go takes some tens of milliseconds, in which nobody needs to wait. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                Thread closing = new Thread(this::remove, "probeunit-semaphores-close");
                closing.setDaemon(true);
                closing.start();
            }
        }

        private String folder() {
            return "%s/%s/%s".formatted(EVENTS, group, name);
        }

        private void write(String path, String text) {
            files.append(path, text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
