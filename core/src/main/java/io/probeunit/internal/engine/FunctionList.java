package io.probeunit.internal.engine;

import io.probeunit.Functions;
import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.FunctionCode;
import io.probeunit.internal.binary.FunctionLookup;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions that a name or glob stands for, as they are found for probes; and those that cannot be probed. */
public final class FunctionList {

    private FunctionList() {}

    /**
     * Lists functions.
     *
     * @param container the name of the container, for messages
     * @param file a binary
     * @param content of the same file, whose code is looked at
     * @param name a name or glob
     * @return at least one function
     * @throws ProbeException if there is none
     */
    public static Functions of(String container, BinaryFile file, FileContent content, NamePattern name) {
        FunctionLookup lookup = file.functions(name, Integer.MAX_VALUE);
        List<Resolved.LeftOut> indirect = PointResolver.indirect(name, file);
        if (lookup instanceof FunctionLookup.Failed failed && indirect.isEmpty()) {
            throw new ProbeException("%s (%s)".formatted(failed.message(), file.path()));
        }
        List<Functions.Function> functions = new ArrayList<>();
        List<String> warnings = new ArrayList<>(file.warnings());
        indirect.forEach(one -> functions.add(refused(one.name(), List.of(one.name()), one.reason())));
        if (lookup instanceof FunctionLookup.Found found) {
            warnings.addAll(found.notes());
            FunctionCode code = new FunctionCode(file, content);
            Map<String, String> reasons = ExaminedFunctions.leftOut(found, code).stream()
                    .collect(Collectors.toMap(
                            Resolved.LeftOut::name, Resolved.LeftOut::reason, (one, other) -> one, LinkedHashMap::new));
            Map<Long, List<Doubt>> doubts = reasons.size() < found.sites().size()
                    ? ExaminedFunctions.examine(several(found), code).doubts()
                    : Map.of();
            Set<String> chosen = indirect.stream().map(Resolved.LeftOut::name).collect(Collectors.toSet());
            byName(found, chosen)
                    .forEach((its, symbols) -> functions.add(
                            Optional.ofNullable(reasons.get(symbols.get(0).sourceName()))
                                    .map(reason -> refused(its, names(symbols), reason))
                                    .orElseGet(() -> new Functions.Function(
                                            its, names(symbols), Optional.empty(), texts(symbols, doubts)))));
        }
        return new Functions(container, file.path(), functions, warnings);
    }

    /** So that what cannot be probed is left out, also of one function. */
    private static FunctionLookup.Found several(FunctionLookup.Found found) {
        return new FunctionLookup.Found(found.sites(), found.notes(), found.doubts(), true);
    }

    /** Another version of a function that is chosen at run time is named with its version, as an annotation must. */
    private static Map<String, List<FunctionSymbol>> byName(FunctionLookup.Found found, Set<String> chosen) {
        return found.sites().stream()
                .collect(Collectors.groupingBy(
                        site -> chosen.contains(site.baseName()) ? site.name() : site.signature(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static Functions.Function refused(String name, List<String> symbols, String reason) {
        return new Functions.Function(name, symbols, Optional.of(reason), List.of());
    }

    private static List<String> names(List<FunctionSymbol> symbols) {
        return symbols.stream().map(FunctionSymbol::name).toList();
    }

    private static List<String> texts(List<FunctionSymbol> symbols, Map<Long, List<Doubt>> doubts) {
        return symbols.stream()
                .map(FunctionSymbol::address)
                .flatMap(address -> doubts.containsKey(address) ? doubts.get(address).stream() : Stream.empty())
                .map(Doubt::text)
                .distinct()
                .toList();
    }
}
