package io.probeunit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which engine serves a test, and why the others do not. */
public sealed interface EngineSelection {

    /**
     * There is an engine.
     *
     * @param engine the first that can work here and can serve every point
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
     * @param reasons each engine, with what it lacks and what to do, or the points that it cannot serve
     */
    record None(List<String> reasons) implements EngineSelection {
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
            return "No engine can arm the probes of this test:\n" + String.join("\n", reasons);
        }
    }

    /**
     * Chooses an engine.
     *
     * @param engines those that may be taken, the preferred first
     * @param preflight tells whether an engine can work; may remember
     * @param points what is to be armed; none yet if they cannot be known before an engine is ready
     * @return the choice
     */
    static EngineSelection of(List<Engine> engines, Function<Engine, Readiness> preflight, List<ProbePoint> points) {
        List<String> reasons = new ArrayList<>();
        for (Engine engine : engines) {
            Readiness readiness = preflight.apply(engine);
            if (readiness instanceof Readiness.Unready unready) {
                reasons.add(lacking(engine, unready));
                continue;
            }
            List<String> refusals = refusals(engine, points);
            if (refusals.isEmpty()) {
                return new Chosen(engine, ((Readiness.Ready) readiness).how(), reasons);
            }
            reasons.add("%s: cannot serve this test:\n    - %s"
                    .formatted(engine.name(), String.join("\n    - ", refusals)));
        }
        return new None(reasons);
    }

    private static List<String> refusals(Engine engine, List<ProbePoint> points) {
        return points.stream()
                .map(p -> engine.refusal(p).map(reason -> p.name() + ": " + reason))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String lacking(Engine engine, Readiness.Unready unready) {
        return unready.lacks().stream()
                .map(lack -> "    - %s\n      %s".formatted(lack.what(), lack.cure()))
                .collect(Collectors.joining("\n", engine.name() + ": cannot work here:\n", ""));
    }
}
