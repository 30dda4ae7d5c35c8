package io.probeunit.internal.arming;

import io.probeunit.internal.coverage.CoveragePoint;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.Summary;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The window of a test on what is counted for its class: it opens before the test's own, and is frozen after that. */
public final class CoverageWindow implements AutoCloseable {

    private final ProbeWindow window;
    private final List<RecordedProbe> probes;

    private CoverageWindow(ProbeWindow window, List<RecordedProbe> probes) {
        this.window = window;
        this.probes = List.copyOf(probes);
    }

    static CoverageWindow open(List<RecordedProbe> probes) {
        ProbePlan plan =
                new ProbePlan(probes.stream().map(RecordedProbe::request).toList(), List.of());
        ProbeWindow window = new ProbeWindow(
                plan,
                probes.stream()
                        .map(probe -> probe.recorder().target())
                        .distinct()
                        .toList());
        window.open(probes);
        return new CoverageWindow(window, probes);
    }

    /** Draws the closing barriers. */
    public void freeze() {
        window.freeze();
    }

    /** What was seen of each point. */
    public Map<CoveragePoint, Observation> seen() {
        Map<Named, CoveragePoint> points = new HashMap<>();
        probes.forEach(probe -> points(probe).forEach(point -> points.put(Named.of(point), point)));
        Map<CoveragePoint, Observation> seen = new TreeMap<>();
        for (Summary.Tally tally : window.judge().summary().points()) {
            // a file that was replaced while it runs is there twice
            seen.merge(
                    points.get(new Named(tally.container(), tally.binary(), tally.probe())),
                    tally.observation(),
                    Observation::plus);
        }
        return seen;
    }

    /** The points of each request. */
    public Map<ProbeRequest, Set<CoveragePoint>> points() {
        return probes.stream()
                .collect(Collectors.toMap(
                        RecordedProbe::request,
                        probe -> points(probe).collect(Collectors.toCollection(LinkedHashSet::new))));
    }

    @Override
    public void close() {
        window.close();
    }

    private static Stream<CoveragePoint> points(RecordedProbe probe) {
        return probe.points().stream()
                .map(probe.recorder().points()::get)
                .map(point -> new CoveragePoint(
                        new CoveragePoint.File(
                                probe.recorder().target(), point.file().path()),
                        point instanceof ProbePoint.UsdtMark,
                        point.name()));
    }

    /** A point as a tally calls it. */
    private record Named(String container, String binary, String name) {

        static Named of(CoveragePoint point) {
            return new Named(point.file().container(), point.file().path(), point.name());
        }
    }
}
