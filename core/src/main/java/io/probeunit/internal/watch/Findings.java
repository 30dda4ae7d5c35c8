package io.probeunit.internal.watch;

import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.plan.Doubt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a watch has found.
 *
 * @param ofTarget doubts about all points of the session
 * @param ofPoints doubts about single points, by {@link WatchedPoint#index()}
 * @param notes sentences for the report that change no verdict; no full stop at the end
 * @param mapped code that processes have mapped, in the order in which it was done; for those that end before anybody looks
 */
public record Findings(
        List<Doubt> ofTarget, Map<Integer, List<Doubt>> ofPoints, List<String> notes, List<KernelWatch.Mapped> mapped) {

    /** All is well. */
    public static final Findings NOTHING = new Findings(List.of(), Map.of(), List.of());

    /** Keeps copies. */
    public Findings {
        ofTarget = List.copyOf(ofTarget);
        ofPoints = Map.copyOf(ofPoints);
        notes = List.copyOf(notes);
        mapped = List.copyOf(mapped);
    }

    /** Findings without mappings. */
    public Findings(List<Doubt> ofTarget, Map<Integer, List<Doubt>> ofPoints, List<String> notes) {
        this(ofTarget, ofPoints, notes, List.of());
    }

    /** Mappings alone. */
    static Findings mapped(List<KernelWatch.Mapped> parts) {
        return parts.isEmpty() ? NOTHING : new Findings(List.of(), Map.of(), List.of(), parts);
    }

    /**
     * One doubt about all points.
     *
     * @param doubt for example that the container was started again
     * @return this alone
     */
    public static Findings doubt(Doubt doubt) {
        return new Findings(List.of(doubt), Map.of(), List.of());
    }

    /**
     * Doubts about single points.
     *
     * @param ofPoints by the index of the point
     * @return these alone
     */
    public static Findings doubts(Map<Integer, List<Doubt>> ofPoints) {
        return new Findings(List.of(), ofPoints, List.of());
    }

    /**
     * The doubts about one point.
     *
     * @param point its index
     * @return those about all points first
     */
    public List<Doubt> doubts(int point) {
        return union(ofTarget, ofPoints.getOrDefault(point, List.of()));
    }

    /**
     * This, and what was found elsewhere or later.
     *
     * @param other that
     * @return both, without doubles
     */
    public Findings and(Findings other) {
        if (other.equals(NOTHING) || equals(other)) {
            return this;
        }
        Map<Integer, List<Doubt>> both = new LinkedHashMap<>(ofPoints);
        other.ofPoints().forEach((point, more) -> both.merge(point, more, Findings::union));
        return new Findings(
                union(ofTarget, other.ofTarget()), both, union(notes, other.notes()), union(mapped, other.mapped()));
    }

    private static <T> List<T> union(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}
