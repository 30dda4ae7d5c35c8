package io.probeunit.internal.engine;

import io.probeunit.internal.binary.BinaryFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which engine serves a test, and why the others do not. */
public sealed interface EngineSelection {

    /**
     * There is an engine.
     *
     * @param engine the first that can work here, can serve every point, and has no {@linkplain Engine#weakness weakness}; if all
     *     have one, the first of them
     * @param how its version and variant
     * @param passedOver those before it, each with the reasons
     */
    record Chosen(Engine engine, String how, List<String> passedOver) implements EngineSelection {
        /** Keeps a copy of the list. */
        public Chosen {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * There is none.
     *
     * @param reasons each engine, with what it lacks and what to do, the points that it cannot serve, or how it failed
     * @param refused whether an engine could work here, but cannot serve the points
     */
    record None(List<String> reasons, boolean refused) implements EngineSelection {
        /** Keeps a copy of the list. */
        public None {
            reasons = List.copyOf(reasons);
        }

        /**
         * The whole story.
         *
         * @return several lines
         */
        public String message() {
            return "No engine can arm the probes of this test (PU1001):\n" + String.join("\n", reasons);
        }
    }

    /**
     * What one annotation asks for.
     *
     * @param declaration the annotation, for messages
     * @param target the container's name
     * @param points what was found for it
     * @param coverage whether they are only counted, in a session of their own
     */
    record Wanted(String declaration, String target, List<ProbePoint> points, boolean coverage) {
        /** Keeps a copy of the list. */
        public Wanted {
            points = List.copyOf(points);
        }

        /** What is no coverage. */
        public Wanted(String declaration, String target, List<ProbePoint> points) {
            this(declaration, target, points, false);
        }

        private Together session() {
            return new Together(target, coverage);
        }
    }

    /**
     * Chooses an engine.
     *
     * @param engines those that may be taken, the preferred first
     * @param preflight tells whether an engine can work; may remember
     * @param failed those that could not arm the probes though they can work, each with the reason; none of them is chosen
     * @param wanted what is to be armed; nothing yet if that cannot be known before a preflight has passed
     * @param demand what else is asked for
     * @return the choice
     */
    static EngineSelection of(
            List<Engine> engines,
            Function<Engine, PreflightResult> preflight,
            Map<Engine, String> failed,
            List<Wanted> wanted,
            Demand demand) {
        Optional<Chosen> weak = Optional.empty();
        List<String> reasons = new ArrayList<>();
        boolean refused = false;
        for (Engine engine : engines) {
            if (failed.containsKey(engine)) {
                reasons.add("%s: %s".formatted(engine.name(), failed.get(engine)));
                continue;
            }
            PreflightResult result = preflight.apply(engine);
            if (result instanceof PreflightResult.Failed unable) {
                reasons.add(lacking(engine, unable));
                continue;
            }
            List<String> refusals = refusals(engine, wanted);
            if (refusals.isEmpty()) {
                Chosen chosen = new Chosen(engine, ((PreflightResult.Passed) result).how(), reasons);
                Optional<String> weakness = engine.weakness(demand);
                if (weakness.isEmpty()) {
                    return chosen;
                }
                weak = weak.or(() -> Optional.of(chosen));
                reasons.add(
                        "%s: another engine serves this class better: %s.".formatted(engine.name(), weakness.get()));
                continue;
            }
            refused = true;
            reasons.add("%s: cannot serve this test:\n    - %s"
                    .formatted(engine.name(), String.join("\n    - ", refusals)));
        }
        return weak.isPresent() ? weak.get() : new None(reasons, refused);
    }

    private static List<String> refusals(Engine engine, List<Wanted> wanted) {
        List<String> single = wanted.stream()
                .flatMap(w -> w.points().stream()
                        .flatMap(p -> engine.refusal(p).stream()
                                .map(reason -> "%s: %s: %s".formatted(w.declaration(), p.name(), reason))))
                .toList();
        return single.isEmpty() ? together(engine, wanted) : single;
    }

    /**
     * Whose points are armed together.
     *
     * @param target the container's name
     * @param coverage whether they are only counted
     */
    record Together(String target, boolean coverage) {

        private Optional<String> refusal(Engine engine, List<ProbePoint> points) {
            return coverage && points.size() > BinaryFile.DEFAULT_LIMIT && points.size() > engine.mostCovered()
                    ? Optional.of(
                            "%d points are more than this engine counts for a coverage, at most %d (PU1080); use engine UPROBE, or AUTO, which then takes it, or narrower globs"
                                    .formatted(points.size(), engine.mostCovered()))
                    : engine.refusal(points);
        }
    }

    /** In its session a point exists once, with all its captures. */
    private static List<String> together(Engine engine, List<Wanted> wanted) {
        Map<Together, Map<ProbePoint, ProbePoint>> bySession = new LinkedHashMap<>();
        wanted.forEach(w -> w.points()
                .forEach(p -> bySession
                        .computeIfAbsent(w.session(), t -> new LinkedHashMap<>())
                        .putIfAbsent(p.bare(), p)));
        List<String> refusals = new ArrayList<>();
        bySession.forEach((session, points) -> session.refusal(engine, List.copyOf(points.values()))
                .ifPresent(reason -> refusals.add("target %s: %s (asked for by %s)"
                        .formatted(
                                session.target(),
                                reason,
                                wanted.stream()
                                        .filter(w -> w.session().equals(session))
                                        .map(Wanted::declaration)
                                        .distinct()
                                        .collect(Collectors.joining(", "))))));
        return refusals;
    }

    private static String lacking(Engine engine, PreflightResult.Failed unable) {
        return unable.lacks().stream()
                .map(lack -> "    - %s\n      %s".formatted(lack.what(), lack.cure()))
                .collect(Collectors.joining("\n", engine.name() + ": cannot work here:\n", ""));
    }
}
