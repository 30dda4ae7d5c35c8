package io.probeunit.engine.perf;

import io.probeunit.host.ProcessName;
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
record EventGroup(String name) {

    private static final Pattern NAME = Pattern.compile("probeunit_(\\d+)_(\\d+)_[0-9a-f]{8}");

    static EventGroup create(ProcessName owner) {
        return new EventGroup("probeunit_%d_%d_%08x"
                .formatted(
                        owner.pid(),
                        owner.startTime(),
                        ThreadLocalRandom.current().nextInt()));
    }

    /** The process that made the group, see {@link io.probeunit.host.Host#actor}; empty if the name is none of ours. */
    static Optional<ProcessName> ownerOf(String name) {
        Matcher ours = NAME.matcher(name);
        return ours.matches() ? ProcessName.parse(ours.group(1) + " " + ours.group(2)) : Optional.empty();
    }

    /** How perf calls an event of the group. */
    String event(String event) {
        return name + ":" + event;
    }
}
