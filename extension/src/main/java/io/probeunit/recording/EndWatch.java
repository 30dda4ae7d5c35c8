package io.probeunit.recording;

import io.probeunit.target.ContainerEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells of a container that ended in a window. */
public final class EndWatch implements TargetWatch {

    /** A status above this is that of a process that a signal ended; wait(2) as shells and container runtimes tell it. */
    private static final int SIGNALLED = 128;

    private final String target;
    private final Supplier<Optional<ContainerEnd>> ended;

    /**
     * Watches nothing yet.
     *
     * @param target as tests name it
     * @param ended how the container ended; empty while it runs
     */
    public EndWatch(String target, Supplier<Optional<ContainerEnd>> ended) {
        this.target = target;
        this.ended = ended;
    }

    @Override
    public Vigil begin(List<WatchedPoint> points) {
        if (ended.get().isPresent()) {
            return () -> Seen.NOTHING;
        }
        return () ->
                ended.get().stream().map(end -> seen(end, points)).findFirst().orElse(Seen.NOTHING);
    }

    private Seen seen(ContainerEnd how, List<WatchedPoint> points) {
        String end = "container %s %s".formatted(target, how.story());
        long status = how.status();
        List<String> harms =
                status > SIGNALLED ? Harms.of(end, Math.toIntExact(status - SIGNALLED), points) : List.of();
        return new Seen(List.of(), Map.of(), List.of(end), harms);
    }
}
