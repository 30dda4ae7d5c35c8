package io.probeunit.conformance.plugin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.tracefs.Tracefs;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The events of one group. */
final class ProfileSession implements Session {

    private static final Pattern LINE = Pattern.compile("\\s*\\S+\\s+e(\\d+)\\s+(\\d+).*");

    private final Host host;
    private final Tracefs tracefs;
    private final String group;
    private final int points;
    private boolean closed;

    ProfileSession(Host host, Tracefs tracefs, String group, int points) {
        this.host = host;
        this.tracefs = tracefs;
        this.group = group;
        this.points = points;
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted) {
        return barrier();
    }

    /** No other session of this engine is alive at the same time, so the events' own names are enough. */
    @Override
    public synchronized Barrier barrier() {
        long[] hits = new long[points];
        host.files().text(tracefs.folder() + "/uprobe_profile").lines().forEach(line -> {
            Matcher event = LINE.matcher(line);
            if (event.matches()) {
                hits[Integer.parseInt(event.group(1))] += Long.parseLong(event.group(2));
            }
        });
        return new Barrier(
                host.nanos(),
                Arrays.stream(hits).mapToObj(n -> new Barrier.Count(n, 0)).toList());
    }

    @Override
    public synchronized boolean isAlive() {
        return !closed;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            enable("0");
            IntStream.range(0, points).forEach(i -> tracefs.remove(new Tracefs.Name(group, "e" + i)));
        } catch (HostException e) {
            throw new EngineException("The events of %s are left: %s".formatted(group, e.getMessage()), e);
        }
    }

    /** Writes this into the switch of all events of the group. */
    void enable(String text) {
        host.files().write("%s/events/%s/enable".formatted(tracefs.folder(), group), text.getBytes(US_ASCII));
    }

    @Override
    public boolean awaitClosed(Duration timeout) {
        close();
        return true;
    }
}
