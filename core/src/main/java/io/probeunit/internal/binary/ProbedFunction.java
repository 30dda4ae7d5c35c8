package io.probeunit.internal.binary;

import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Optional;

/**
 * How a function can be probed, as its code tells. Immutable and thread-safe.
 *
 * @param symbol the function, with the place where the probe stands
 * @param doubts why firings may not be calls; mostly empty
 * @param refusal why the kernel places no probe there, as part of a sentence; mostly empty
 */
public record ProbedFunction(FunctionSymbol symbol, List<Doubt> doubts, Optional<String> refusal) {

    /** Takes a copy of the list. */
    public ProbedFunction {
        doubts = List.copyOf(doubts);
    }

    /** One of which nothing is to be said. */
    static ProbedFunction plain(FunctionSymbol symbol) {
        return new ProbedFunction(symbol, List.of(), Optional.empty());
    }
}
