package io.probeunit.engine;

import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.target.TargetFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Holds semaphores with uprobe events that never fire, through files of tracefs alone: for hosts on which no program of ours
 * can call bpf(2); {@code Documentation/trace/uprobetracer.rst}, reference counter offset.
 *
 * <p>Unlike a descriptor, an event stays when its maker dies. The shell of the host removes those of its name when it ends, and
 * whoever comes next those of one that was killed.
 */
public final class EventSemaphores implements SemaphoreUprobes {

    /** Begins the name of a group of events; the host's name follows, as in the paths that it shows. */
    public static final String GROUP = "probeunit_inside_";

    private static final String TRACING = "/sys/kernel/debug/tracing";
    private static final String LIST = TRACING + "/uprobe_events";
    private static final String EVENTS = TRACING + "/events";

    /** What {@code EINVAL} reads like: a place has another counter. */
    private static final String TAKEN = "Invalid argument";

    private final String group;
    private final AtomicInteger numbers = new AtomicInteger();

    private EventSemaphores(String group) {
        this.group = group;
    }

    /**
     * Makes one, and lets go of what hosts that were killed hold.
     *
     * @param host where the files are
     * @param name of the host, as in the paths that it shows
     * @return for this host
     */
    public static EventSemaphores on(Host host, String name) {
        letGoOfAbandoned(host);
        return new EventSemaphores(GROUP + name);
    }

    @Override
    public Attempt put(Host host, TargetFile file, Map<Long, Integer> places) {
        if (file.hostPath().matches(".*[\\s#].*")) {
            throw new EngineException(
                    "The semaphores of %s cannot be held: the kernel's uprobe events take no path with a blank or '#' in it."
                            .formatted(file.path()));
        }
        Event event = new Event(host.files(), group, "s" + numbers.incrementAndGet());
        try {
            event.define(file.hostPath(), places);
            return new Held(event::remove);
        } catch (HostException e) {
            event.remove();
            EngineException refusal = new EngineException(
                    "The semaphores of %s cannot be held: %s".formatted(file.path(), e.getMessage()), e);
            if (String.valueOf(e.getMessage()).contains(TAKEN)) {
                return new Taken(refusal);
            }
            throw refusal;
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
    private record Event(HostFiles files, String group, String name) {

        void define(String path, Map<Long, Integer> places) {
            write(
                    LIST,
                    places.entrySet().stream()
                            .map(place -> "p:%s/%s %s:0x%x%s\n"
                                    .formatted(group, name, path, place.getValue(), counter(place.getKey())))
                            .collect(Collectors.joining()));
            write(folder() + "/enable", "1");
        }

        private static String counter(long semaphore) {
            return semaphore == NONE ? "" : "(0x%x)".formatted(semaphore);
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

        private String folder() {
            return "%s/%s/%s".formatted(EVENTS, group, name);
        }

        private void write(String path, String text) {
            files.append(path, text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
