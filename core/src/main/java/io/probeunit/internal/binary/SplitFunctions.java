package io.probeunit.internal.binary;

import io.probeunit.internal.names.FunctionNames;
import io.probeunit.internal.plan.Doubt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Functions whose beginning GCC has copied into callers, and whose rest it has kept as {@code NAME.part.N}. A call that
 * ends in a copied beginning causes no firing; a call of the whole function that reaches the rest causes two.
 */
final class SplitFunctions {

    private SplitFunctions() {}

    /** Why firings of these may not be calls, by addresses of the parts among them. */
    static Map<Long, List<Doubt>> doubts(List<FunctionSymbol> sites, String wanted) {
        Set<String> whole = sites.stream()
                .filter(site -> !FunctionNames.isPart(site.name()))
                .map(FunctionSymbol::baseName)
                .collect(Collectors.toSet());
        Map<Long, List<Doubt>> doubts = new HashMap<>();
        sites.stream()
                // who names the part itself means it
                .filter(site ->
                        FunctionNames.isPart(site.name()) && !site.unversioned().equals(wanted))
                .forEach(site -> doubts.put(site.address(), doubts(site, whole.contains(site.baseName()))));
        return doubts;
    }

    private static List<Doubt> doubts(FunctionSymbol part, boolean wholeIsProbed) {
        Doubt missed = Doubt.missed(
                "%s is a part that the compiler split off %s, and calls that end before this part may cause no firing; build with -fno-partial-inlining, or probe the functions that call %2$s"
                        .formatted(part.name(), part.baseName()));
        return wholeIsProbed
                ? List.of(
                        missed,
                        Doubt.repeated(
                                "a call of %s that reaches %s causes two firings; build with -fno-partial-inlining"
                                        .formatted(part.baseName(), part.name())))
                : List.of(missed);
    }
}
