package io.probeunit.internal.plan;

import java.util.Optional;

/**
 * A function's entry, or its return.
 *
 * @param function name or glob
 * @param onReturn true for the return
 * @param binary where the function is
 * @param container the target's name, empty where there is one target
 */
public record FunctionSpec(NamePattern function, boolean onReturn, BinarySelector binary, Optional<String> container)
        implements PointSpec {

    @Override
    public String describe() {
        return (onReturn ? "return of function " : "function ") + function;
    }
}
