package io.probeunit.internal.dwarf;

import java.util.List;

/**
 * A function as its debug information has it. Immutable.
 *
 * @param name as in the source, without scopes
 * @param parameters in the order of the source; the first of a member function is {@code this}
 * @param returns the type of what it returns
 * @param complete whether it has these parameters and no others: false with {@code ...}, and for a function of C that was
 *     declared without them
 */
public record FunctionInfo(String name, List<Parameter> parameters, DebugType returns, boolean complete) {

    /** Keeps a copy of the list. */
    public FunctionInfo {
        parameters = List.copyOf(parameters);
    }

    /**
     * A parameter.
     *
     * @param name as in the source; empty text if it has none
     * @param type as declared
     * @param place where it is as the function is entered
     */
    public record Parameter(String name, DebugType type, EntryPlace place) {}
}
