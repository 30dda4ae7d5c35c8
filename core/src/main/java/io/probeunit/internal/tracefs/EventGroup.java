package io.probeunit.internal.tracefs;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.PidNamespace;
import io.probeunit.internal.host.ProcessName;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The group of a session's uprobe events. Its name tells whose it is, so that what a dead run left behind can be told from
 * what a living one uses.
 *
 * @param name never used before
 */
public record EventGroup(String name) {

    private static final long NAMELESS = 0;
    private static final Pattern NAME = Pattern.compile("probeunit_(\\d+)_(\\d+)_(\\d+)_[0-9a-f]{8}");

    /** A new one of the process that acts on a host. */
    public static EventGroup create(Host host) {
        ProcessName owner = host.actor();
        return new EventGroup("probeunit_%d_%d_%d_%08x"
                .formatted(
                        PidNamespace.of(host.files()).map(PidNamespace::number).orElse(NAMELESS),
                        owner.pid(),
                        owner.startTime(),
                        ThreadLocalRandom.current().nextInt()));
    }

    /**
     * The process that made the group, see {@link Host#actor}. Empty if the name is not ours, or if its process is in
     * another PID namespace, where it is not known whether it lives.
     */
    static Optional<ProcessName> ownerOf(String name, PidNamespace here) {
        Matcher ours = NAME.matcher(name);
        return ours.matches() && ours.group(1).equals(String.valueOf(here.number()))
                ? ProcessName.parse(ours.group(2) + " " + ours.group(3))
                : Optional.empty();
    }

    /** The name of an event with that of the group, as perf writes it. */
    public String event(String event) {
        return name + ":" + event;
    }
}
