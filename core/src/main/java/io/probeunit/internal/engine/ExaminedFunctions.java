package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.FunctionCode;
import io.probeunit.internal.binary.FunctionLookup;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.ProbedFunction;
import io.probeunit.internal.plan.Doubt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the code of the functions that were found, before they are probed. */
final class ExaminedFunctions {

    private static final int NAMED = 5;

    private ExaminedFunctions() {}

    /**
     * The same functions with the places where probes stand, and what is in doubt there. A glob goes without those that
     * cannot be probed, and says so.
     *
     * @throws ProbeException if nothing can be probed, or not all code of the one function that is meant
     */
    static FunctionLookup.Found examine(FunctionLookup.Found found, FunctionCode code) {
        List<ProbedFunction> looked =
                code.countedOnce(found.sites()).stream().map(code::look).toList();
        List<ProbedFunction> refused =
                looked.stream().filter(f -> f.refusal().isPresent()).toList();
        if (!refused.isEmpty() && (!found.several() || refused.size() == looked.size())) {
            ProbedFunction first = refused.get(0);
            throw new ProbeException(
                    "%s cannot be probed: %s. The kernel would place no probe there (PU0703); if no process has the file loaded, it would accept the probe, which would never fire. Probe its caller."
                            .formatted(
                                    first.symbol().unversioned(),
                                    first.refusal().orElseThrow()));
        }
        List<String> notes = new ArrayList<>(found.notes());
        if (!refused.isEmpty()) {
            notes.add(
                    "Functions whose first instruction takes no probe are left out, and their calls are not counted: %s%s."
                            .formatted(
                                    refused.stream()
                                            .limit(NAMED)
                                            .map(f -> "%s (%s)"
                                                    .formatted(
                                                            f.symbol().sourceName(),
                                                            f.refusal().orElseThrow()))
                                            .collect(Collectors.joining(", ")),
                                    refused.size() > NAMED ? " and %d more".formatted(refused.size() - NAMED) : ""));
        }
        List<ProbedFunction> probed =
                looked.stream().filter(f -> f.refusal().isEmpty()).toList();
        Map<Long, List<Doubt>> doubts = new HashMap<>(found.doubts());
        probed.stream()
                .filter(f -> !f.doubts().isEmpty())
                .forEach(f -> doubts.merge(f.symbol().address(), f.doubts(), ExaminedFunctions::both));
        Function<FunctionSymbol, Optional<Doubt>> calls = code.mayCallThemselves(found.sites());
        probed.forEach(f -> calls.apply(f.symbol())
                .ifPresent(doubt -> doubts.merge(f.symbol().address(), List.of(doubt), ExaminedFunctions::both)));
        List<FunctionSymbol> sites = probed.stream().map(ProbedFunction::symbol).toList();
        return new FunctionLookup.Found(sites, notes, doubts, found.several());
    }

    /** The functions that the same look leaves out. */
    static List<Resolved.LeftOut> leftOut(FunctionLookup.Found found, FunctionCode code) {
        return code.countedOnce(found.sites()).stream()
                .map(code::look)
                .flatMap(f -> f.refusal().stream()
                        .map(reason -> new Resolved.LeftOut(f.symbol().sourceName(), reason)))
                .toList();
    }

    private static List<Doubt> both(List<Doubt> one, List<Doubt> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
