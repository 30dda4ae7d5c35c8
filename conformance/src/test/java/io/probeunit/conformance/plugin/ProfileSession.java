package io.probeunit.conformance.plugin;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The events of one group. */
final class ProfileSession implements Session {

    private static final Pattern LINE = Pattern.compile("\\s*\\S+\\s+e(\\d+)\\s+(\\d+).*");

    private final Host host;
    private final Path folder;
    private final String group;
    private final int points;
    private boolean closed;

    ProfileSession(Host host, Path folder, String group, int points) {
        this.host = host;
        this.folder = folder;
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
        try {
            for (String line : Files.readAllLines(folder.resolve("uprobe_profile"))) {
                Matcher event = LINE.matcher(line);
                if (event.matches()) {
                    hits[Integer.parseInt(event.group(1))] += Long.parseLong(event.group(2));
                }
            }
        } catch (IOException e) {
            throw new EngineException("uprobe_profile cannot be read: " + e.getMessage(), e);
        }
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
        List<String> removed = IntStream.range(0, points)
                .mapToObj(i -> "-:%s/e%d\n".formatted(group, i))
                .toList();
        try {
            Files.writeString(folder.resolve("events/%s/enable".formatted(group)), "0");
            for (String line : removed) {
                Files.writeString(folder.resolve("uprobe_events"), line, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new EngineException("The events of %s are left: %s".formatted(group, e.getMessage()), e);
        }
    }

    @Override
    public boolean awaitClosed(Duration timeout) {
        close();
        return true;
    }
}
