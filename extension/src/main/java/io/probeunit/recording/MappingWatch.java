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

    private final Lookout.Watch lookout;
    private final BiFunction<Collection<Code>, List<Lookout.Mapped>, List<Unseen>> judging;

    /**
     * Creates a watch.
     *
     * @param lookout tells what is mapped; nobody else asks it
     * @param judging tells what of it no probe sees, as {@link io.probeunit.engine.CodeUse#unseen} does
     */
    public MappingWatch(
            Lookout.Watch lookout, BiFunction<Collection<Code>, List<Lookout.Mapped>, List<Unseen>> judging) {
        this.lookout = lookout;
        this.judging = judging;
    }

    @Override
    public Vigil begin(List<WatchedPoint> points) {
        Map<Code, List<Integer>> codes = CodeWatch.codes(points);
        Set<Unseen> known = new LinkedHashSet<>();
        lookout.mapped();
        return () -> {
            List<Lookout.Mapped> mapped = lookout.mapped();
            if (!mapped.isEmpty()) {
                known.addAll(judging.apply(codes.keySet(), mapped));
            }
            return CodeWatch.seen(codes, known);
        };
    }
}
