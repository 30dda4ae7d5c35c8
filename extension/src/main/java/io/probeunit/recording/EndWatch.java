package io.probeunit.recording;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Tells of a container that ended in a window. */
public final class EndWatch implements TargetWatch {

    /** A status above this is that of a process that a signal ended; wait(2) as shells and container runtimes tell it. */
    private static final int SIGNALLED = 128;

    private final String target;
    private final Supplier<OptionalLong> ended;

    /**
     * Watches nothing yet.
     *
     * @param target as tests name it
     * @param ended with what status the container ended; empty while it runs
     */
    public EndWatch(String target, Supplier<OptionalLong> ended) {
        this.target = target;
        this.ended = ended;
    }

    @Override
    public Vigil begin(List<WatchedPoint> points) {
        if (ended.get().isPresent()) {
            return () -> Seen.NOTHING;
        }
        return () -> ended.get().stream()
                .mapToObj(status -> seen(status, points))
                .findFirst()
                .orElse(Seen.NOTHING);
    }

    private Seen seen(long status, List<WatchedPoint> points) {
        String end = "container %s ended with status %d".formatted(target, status);
        List<String> harms =
                status > SIGNALLED ? Harms.of(end, Math.toIntExact(status - SIGNALLED), points) : List.of();
        return new Seen(List.of(), Map.of(), List.of(end), harms);
    }
}
