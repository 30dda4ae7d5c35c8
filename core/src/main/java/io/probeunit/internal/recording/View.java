package io.probeunit.internal.recording;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.watch.WatchedPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The probe points that one test sees: each once, whatever number of annotations names it. */
final class View {

    private final List<RecordedProbe> probes;
    private final List<PointView> points;

    View(List<RecordedProbe> probes) {
        this.probes = List.copyOf(probes);
        Map<Place, List<ProbeRequest>> requests = new LinkedHashMap<>();
        for (RecordedProbe probe : probes) {
            for (int index : probe.points()) {
                requests.computeIfAbsent(new Place(probe.recorder(), index), p -> new ArrayList<>())
                        .add(probe.request());
            }
        }
        this.points = requests.entrySet().stream()
                .map(e -> new PointView(e.getKey().recorder(), e.getKey().index(), e.getValue()))
                .toList();
    }

    /** All points, in the order of the annotations. */
    List<PointView> points() {
        return points;
    }

    /** The points that an annotation was resolved to. */
    List<PointView> pointsOf(ProbeRequest request) {
        List<PointView> found =
                points.stream().filter(p -> p.requests().contains(request)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(request.declaration() + " was resolved to nothing");
        }
        return found;
    }

    /** The sessions that are needed, each with the points of this test. */
    Map<SessionRecorder, List<WatchedPoint>> sessions() {
        Map<SessionRecorder, List<WatchedPoint>> sessions = new LinkedHashMap<>();
        for (PointView point : points) {
            sessions.computeIfAbsent(point.recorder(), session -> new ArrayList<>())
                    .add(point.watched());
        }
        return sessions;
    }

    /** The points that a question is about. */
    List<PointView> find(Selection selection) {
        List<PointView> found = find(selection.query());
        for (String container : selection.containers()) {
            found = in(container, found, selection.query());
        }
        return found;
    }

    /** Says whether something of that name is probed, ambiguous or not. */
    boolean isProbed(Query query) {
        return !entryFirst(query).isEmpty();
    }

    String engine() {
        Set<String> engines = new LinkedHashSet<>();
        points.forEach(point -> engines.add(point.recorder().engine()));
        return engines.isEmpty() ? "none" : String.join(", ", engines);
    }

    private List<PointView> find(Query query) {
        if (query.kind() == Query.Kind.EVERYTHING) {
            return points;
        }
        List<PointView> found = entryFirst(query);
        if (found.isEmpty()) {
            throw QueryErrors.notProbed(query, names(query), described());
        }
        if (query.kind() == Query.Kind.MARK) {
            refuseSeveralProviders(query, found);
        } else {
            refuseSeveralBinaries(query, found);
        }
        return found;
    }

    private List<PointView> entryFirst(Query query) {
        List<PointView> found = named(query);
        return found.isEmpty() && query.kind() == Query.Kind.FUNCTION
                ? named(new Query(Query.Kind.RETURN, query.name()))
                : found;
    }

    private List<PointView> named(Query query) {
        NameRule rule = NameRule.of(query);
        Predicate<PointView> byText = p -> p.requests().stream().anyMatch(r -> rule.isTextOf(r.point()));
        return points.stream().filter(byText.or(p -> rule.isNameOf(p.point()))).toList();
    }

    private static void refuseSeveralProviders(Query query, List<PointView> found) {
        boolean bareName = query.name().indexOf(':') < 0 && !new NamePattern(query.name()).isGlob();
        Set<String> names = found.stream().map(PointView::name).collect(Collectors.toCollection(TreeSet::new));
        if (bareName && names.size() > 1) {
            throw QueryErrors.severalProviders(query, names);
        }
    }

    private static void refuseSeveralBinaries(Query query, List<PointView> found) {
        // containers of different images have it in different files
        Map<String, Set<String>> binaries = found.stream()
                .collect(Collectors.groupingBy(
                        PointView::container,
                        TreeMap::new,
                        Collectors.mapping(p -> p.point().file().path(), Collectors.toCollection(TreeSet::new))));
        binaries.values().stream().filter(paths -> paths.size() > 1).findFirst().ifPresent(paths -> {
            throw QueryErrors.severalBinaries(query, paths);
        });
    }

    private List<PointView> in(String container, List<PointView> found, Query query) {
        if (points.stream().noneMatch(p -> p.container().equals(container))) {
            throw QueryErrors.noSuchTarget(container, containers(points));
        }
        List<PointView> inside =
                found.stream().filter(p -> p.container().equals(container)).toList();
        if (inside.isEmpty()) {
            throw QueryErrors.notProbedIn(query, container, containers(found));
        }
        return inside;
    }

    private static List<String> containers(List<PointView> points) {
        return points.stream().map(PointView::container).distinct().toList();
    }

    private List<String> names(Query query) {
        return points.stream()
                .map(PointView::point)
                .flatMap(p ->
                        p instanceof ProbePoint.UsdtMark mark && query.name().indexOf(':') < 0
                                ? Stream.of(mark.mark().name(), mark.name())
                                : Stream.of(p.name()))
                .toList();
    }

    private List<String> described() {
        return probes.stream().map(p -> p.request().point().describe()).toList();
    }

    private record Place(SessionRecorder recorder, int index) {}
}
