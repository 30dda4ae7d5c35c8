package io.probeunit.internal.binary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One version of each symbol: the default one, unless another is named.
 *
 * @param chosen what is left
 * @param ambiguous whether a function has several versions and no default one
 * @param note what was left out
 */
record VersionChoice(List<FunctionSymbol> chosen, boolean ambiguous, Optional<String> note) {

    static VersionChoice of(List<FunctionSymbol> symbols, String wanted) {
        if (wanted.indexOf('@', 1) > 0 || symbols.stream().noneMatch(VersionChoice::isOld)) {
            return new VersionChoice(symbols, false, Optional.empty());
        }
        Map<String, List<FunctionSymbol>> byName = symbols.stream()
                .collect(Collectors.groupingBy(FunctionSymbol::unversioned, LinkedHashMap::new, Collectors.toList()));
        List<FunctionSymbol> chosen = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean ambiguous = false;
        for (List<FunctionSymbol> versions : byName.values()) {
            List<FunctionSymbol> current =
                    versions.stream().filter(s -> !isOld(s)).toList();
            List<FunctionSymbol> elsewhere = versions.stream()
                    .filter(old -> isOld(old) && current.stream().noneMatch(s -> s.address() == old.address()))
                    .toList();
            if (current.isEmpty()) {
                chosen.addAll(versions);
                ambiguous |= versions.stream()
                                .map(FunctionSymbol::address)
                                .distinct()
                                .count()
                        > 1;
            } else {
                chosen.addAll(current);
                if (!elsewhere.isEmpty()) {
                    notes.add("%s is probed, which newly linked programs call; not %s"
                            .formatted(current.get(0).name(), names(elsewhere)));
                }
            }
        }
        Optional<String> note = notes.isEmpty()
                ? Optional.empty()
                : Optional.of("Of several versions one was chosen: %s. Name an older one with its version."
                        .formatted(String.join("; ", notes)));
        return new VersionChoice(chosen, ambiguous, note);
    }

    /** A single '@' stands before a version that only programs linked long ago ask for. */
    static boolean isOld(FunctionSymbol symbol) {
        int at = symbol.name().indexOf('@', 1);
        return at > 0 && !symbol.name().startsWith("@@", at);
    }

    private static String names(List<FunctionSymbol> symbols) {
        return symbols.stream().map(FunctionSymbol::name).collect(Collectors.joining(", "));
    }
}
