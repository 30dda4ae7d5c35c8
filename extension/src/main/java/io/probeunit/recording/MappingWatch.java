package io.probeunit.recording;

import io.probeunit.engine.CodeUse.Code;
import io.probeunit.engine.CodeUse.Unseen;
import io.probeunit.engine.Lookout;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Watches what processes map while a window is open, though they begin and end in it; {@link CodeWatch} sees the others. */
public final class MappingWatch implements TargetWatch {

    private final String target;
    private final Lookout.Watch lookout;
    private final BiFunction<Collection<Code>, List<Lookout.Mapped>, List<Unseen>> judging;

    /**
     * Creates a watch.
     *
     * @param target as tests name it
     * @param lookout tells what is mapped; nobody else asks it
     * @param judging tells what of it no probe sees, as {@link io.probeunit.engine.CodeUse#unseen} does
     */
    public MappingWatch(
            String target,
            Lookout.Watch lookout,
            BiFunction<Collection<Code>, List<Lookout.Mapped>, List<Unseen>> judging) {
        this.target = target;
        this.lookout = lookout;
        this.judging = judging;
    }

    @Override
    public Vigil begin(List<WatchedPoint> points) {
        Map<Code, List<Integer>> codes = CodeWatch.codes(points);
        Set<Unseen> known = new LinkedHashSet<>();
        lookout.mapped();
        return () -> {
            Lookout.Mappings mapped = lookout.mapped();
            if (!mapped.parts().isEmpty()) {
                known.addAll(judging.apply(codes.keySet(), mapped.parts()));
            }
            Seen seen = CodeWatch.seen(codes, known);
            return mapped.complete() ? seen : seen.and(crowded());
        };
    }

    private Seen crowded() {
        return new Seen(
                List.of(),
                Map.of(),
                List.of(
                        "so many programs were started in container %s that not all that they mapped was looked at: calls in another library of the name, or under an emulator, would not be known of"
                                .formatted(target)));
    }
}
