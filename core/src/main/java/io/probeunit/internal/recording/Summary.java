package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.Loss;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Filter;
import java.time.Duration;
import java.util.List;

/**
 * All that is known of a window.
 *
 * @param engine what armed the probes
 * @param opened when the window opened, in nanoseconds on the monotonic clock of the machine that was probed
 * @param length from the first opening barrier to the last barrier
 * @param points each probe point, in the order of the annotations
 * @param firings of which details were kept, in the order of time
 * @param loss what is not known
 * @param notes sentences on what became of the target's processes, which change no verdict; without full stops
 */
public record Summary(
        String engine,
        long opened,
        Duration length,
        List<Tally> points,
        List<Firing> firings,
        Loss loss,
        List<String> notes) {

    private static final int MOST_SILENT = 10;

    /** Keeps copies of the lists. */
    public Summary {
        points = List.copyOf(points);
        firings = List.copyOf(firings);
        notes = List.copyOf(notes);
    }

    /**
     * The points that people are shown: a glob can match a thousand, of which few fire. Reports for programs have all.
     *
     * @return all; or without those that did not fire, if these are many
     */
    public List<Tally> shown() {
        return silent() > MOST_SILENT
                ? points.stream().filter(point -> !point.isSilent()).toList()
                : points;
    }

    /**
     * How many points {@link #shown} leaves out.
     *
     * @return points that did not fire
     */
    public long silentLeftOut() {
        return points.size() - shown().size();
    }

    private long silent() {
        return points.stream().filter(Tally::isSilent).count();
    }

    /**
     * What is known of one point.
     *
     * @param probe the point's name as firings carry it
     * @param container the target's name
     * @param binary the path of the binary in the container
     * @param observation how often it fired
     * @param captures the values shown, with their types
     */
    public record Tally(
            String probe, String container, String binary, Observation observation, List<Capture> captures) {

        /** Keeps a copy of the list. */
        public Tally {
            captures = List.copyOf(captures);
        }

        /**
         * Says whether it did not fire, without a doubt.
         *
         * @return false also if it is not known
         */
        public boolean isSilent() {
            return observation.fired() == 0 && observation.isExact();
        }
    }

    static Summary of(String engine, List<PointView> points, WindowState known) {
        return new Summary(
                engine,
                known.zero(),
                Duration.ofNanos(Math.max(0, known.nanos() - known.zero())),
                points.stream().map(p -> tally(p, known)).toList(),
                answer(points, known).firings(),
                known.loss(),
                known.notes());
    }

    static Tally tally(PointView point, WindowState known) {
        return new Tally(
                point.name(),
                point.container(),
                point.point().file().path(),
                answer(List.of(point), known).observation(),
                List.copyOf(point.captures().values()));
    }

    private static QueryAnswer answer(List<PointView> points, WindowState known) {
        return new QueryAnswer(
                points.stream().map(p -> new PointFilter(p, Filter.NONE)).toList(), known);
    }
}
