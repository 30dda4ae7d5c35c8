package io.probeunit.internal.tracefs;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The uprobe events of a host's kernel; {@code Documentation/trace/uprobetracer.rst}.
 *
 * @param files of the host
 * @param folder where tracefs is mounted
 */
public record Tracefs(HostFiles files, String folder) {

    /** Where it may be mounted. */
    public static final List<String> PLACES = List.of("/sys/kernel/tracing", "/sys/kernel/debug/tracing");

    private static final String EVENTS = "/uprobe_events";
    private static final Pattern LINE = Pattern.compile("[pr]\\d*:([^/\\s]+)/(\\S+) .*");

    private static final Pattern ENDS_A_PATH = Pattern.compile("[\\s#\\p{Cntrl}]");

    /**
     * Says whether a definition can name a file. The kernel takes a blank for the end of the path, and '#' for the begin
     * of a comment ({@code trace_parse_run_command}).
     *
     * @param path of the file
     * @return false if an event in it cannot be made
     */
    public static boolean accepts(String path) {
        return !ENDS_A_PATH.matcher(path).find();
    }

    /** An event by its name. */
    public record Name(String group, String event) {}

    /** Where it is mounted, and the kernel has uprobes. */
    public static Optional<Tracefs> of(Host host) {
        return PLACES.stream()
                .filter(place -> host.files().exists(place + EVENTS))
                .map(place -> new Tracefs(host.files(), place))
                .findFirst();
    }

    /**
     * Makes events.
     *
     * @param definitions a line each; lines of one event are its places
     * @throws HostException if the kernel refuses one; those before are made
     */
    public void define(List<String> definitions) {
        write(String.join("\n", definitions) + "\n");
    }

    /** The names of all events of all tools. */
    public Set<Name> events() {
        Set<Name> names = new LinkedHashSet<>();
        EventList.read(files, folder + EVENTS)
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(m -> names.add(new Name(m.group(1), m.group(2))));
        return names;
    }

    /**
     * Removes an event with all its places.
     *
     * @throws HostException if somebody uses it
     */
    public void remove(Name name) {
        write("-:%s/%s\n".formatted(name.group(), name.event()));
    }

    /** The number by which perf_event_open(2) knows an event. */
    public long id(Name name) {
        return Long.parseLong(files.text(folderOf(name) + "/id").strip());
    }

    /** The form of an event's records, as the kernel describes it. */
    public String format(Name name) {
        return files.text(folderOf(name) + "/format");
    }

    /** What the kernel said about the last definition that it refused. */
    public String lastError() {
        return files.textIfThere(folder + "/error_log").stream()
                .flatMap(text -> Stream.of(text.split("(?=\\[)")))
                .reduce((earlier, later) -> later)
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .orElse("");
    }

    private String folderOf(Name name) {
        return "%s/events/%s/%s".formatted(folder, name.group(), name.event());
    }

    private void write(String text) {
        files.append(folder + EVENTS, text.getBytes(StandardCharsets.UTF_8));
    }
}
