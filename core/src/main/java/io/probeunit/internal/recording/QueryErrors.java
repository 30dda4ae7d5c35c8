package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.NearestNames;
import java.util.Collection;
import java.util.List;

/** Errors for questions that name something that does not exist. */
final class QueryErrors {

    private static final int NEAREST = 3;
    private static final int LISTED = 30;

    private QueryErrors() {}

    /** No annotation probes what was asked for. */
    static ProbeException notProbed(Query query, Collection<String> names, Collection<String> described) {
        return new ProbeException("This test does not probe the %s.%s%s %s To record it, add %s."
                .formatted(
                        query.describe(),
                        glob(query.name()),
                        nearest(query.name(), names),
                        described.isEmpty() ? "It probes nothing." : "It probes: " + listed(described) + ".",
                        annotation(query)));
    }

    static ProbeException noSuchTarget(String container, Collection<String> targets) {
        return new ProbeException("No target of the name \"%s\" is probed by this test.%s %s"
                .formatted(
                        container,
                        nearest(container, targets),
                        targets.isEmpty() ? "No target is probed." : "Probed are: " + listed(targets) + "."));
    }

    static ProbeException notProbedIn(Query query, String container, Collection<String> probedIn) {
        return new ProbeException("The %s is not probed in container %s, but in: %s."
                .formatted(query.describe(), container, listed(probedIn)));
    }

    static ProbeException severalBinaries(Query query, Collection<String> binaries) {
        return new ProbeException(
                "The %s is probed in several binaries: %s. These are different functions; probe one of them, or take firings() and filter."
                        .formatted(query.describe(), listed(binaries)));
    }

    static ProbeException severalProviders(Query query, Collection<String> marks) {
        return new ProbeException("The %s is ambiguous, several providers have it: %s. Ask with the provider."
                .formatted(query.describe(), listed(marks)));
    }

    static String listed(Collection<String> names) {
        List<String> different = names.stream().distinct().sorted().toList();
        String first = String.join(", ", different.subList(0, Math.min(LISTED, different.size())));
        return different.size() > LISTED ? "%s and %d more".formatted(first, different.size() - LISTED) : first;
    }

    private static String glob(String name) {
        boolean isGlob = name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
        return isGlob
                ? " \"%s\" is a glob; here a glob must be exactly the text of an annotation or of Probes."
                        .formatted(name)
                : "";
    }

    private static String annotation(Query query) {
        return switch (query.kind()) {
            case MARK -> "@ProbeMark(\"%1$s\"), or mark(\"%1$s\") of Probes".formatted(query.name());
            case RETURN ->
                "@ProbeFunction(value = \"%1$s\", onReturn = true), or function(\"%1$s\", point -> point.onReturn()) of Probes"
                        .formatted(query.name());
            default -> "@ProbeFunction(\"%1$s\"), or function(\"%1$s\") of Probes".formatted(query.name());
        };
    }

    private static String nearest(String wanted, Collection<String> names) {
        List<String> near = NearestNames.to(wanted, names, NEAREST);
        return near.isEmpty() ? "" : " Did you mean %s?".formatted(String.join(" or ", near));
    }
}
