package io.probeunit.binary;

import io.probeunit.plan.MarkSpec;
import io.probeunit.plan.NamePattern;
import java.util.List;
import java.util.Optional;

/**
 * What a 64-bit little-endian ELF file offers to probe. Immutable and thread-safe.
 *
 * @param path the file's path as in the container; for messages, never opened
 * @param architecture the instruction set
 * @param positionIndependent true if the file is loaded at an address that differs from run to run (PIE, shared library)
 * @param buildId the build-id in lower-case hexadecimal, if the file has one
 * @param stripped true if the file has no {@code .symtab}: then only functions that it exports are known
 * @param functions the functions that the file defines, ordered by address, then name; aliases are entries of their own
 * @param indirectFunctions the names that stand for a choice among functions at run time (IFUNC); their address is that
 *     of the code that chooses, so they are no probe points
 * @param marks the marks, ordered by provider, then name
 * @param imports what is elsewhere
 * @param warnings what in the file was not understood and left out, in sentences; mostly empty
 */
public record BinaryFile(
        String path,
        Architecture architecture,
        boolean positionIndependent,
        Optional<String> buildId,
        boolean stripped,
        List<FunctionSymbol> functions,
        List<FunctionSymbol> indirectFunctions,
        List<Mark> marks,
        Imports imports,
        List<String> warnings) {

    /** The number of probe points that a look-up may yield unless another limit is given. */
    public static final int DEFAULT_LIMIT = 1_000;

    /** Takes copies of the lists. */
    public BinaryFile {
        functions = List.copyOf(functions);
        indirectFunctions = List.copyOf(indirectFunctions);
        marks = List.copyOf(marks);
        warnings = List.copyOf(warnings);
    }

    /**
     * Finds the functions that a name or glob stands for, with {@link #DEFAULT_LIMIT}.
     *
     * @param name name or glob
     * @return what was found, or why nothing can be probed
     */
    public FunctionLookup functions(NamePattern name) {
        return functions(name, DEFAULT_LIMIT);
    }

    /**
     * Finds the functions that a name or glob stands for.
     *
     * <p>All symbols of the name belong to it: functions of the same name in several source files, and the clones that a
     * compiler made ({@code foo.constprop.0}, {@code foo.isra.1}, {@code foo.part.2}). Pieces that are no function of
     * their own ({@code foo.cold}) are found by their whole name only. A symbol's version ({@code @@GLIBC_2.14}) may be
     * left out. Several names at one address are one probe point.
     *
     * @param name name or glob
     * @param limit the most probe points that may be found, at least 1
     * @return what was found, or why nothing can be probed
     */
    public FunctionLookup functions(NamePattern name, int limit) {
        return new FunctionFinder(this).find(name, limit);
    }

    /**
     * Finds the marks that a specification stands for, with {@link #DEFAULT_LIMIT}.
     *
     * @param mark provider, if given, and name
     * @return what was found, or why nothing can be probed
     */
    public MarkLookup marks(MarkSpec mark) {
        return marks(mark.provider(), mark.name(), DEFAULT_LIMIT);
    }

    /**
     * Finds the marks that a name or glob stands for.
     *
     * @param provider name or glob; empty for any, where a name that is no glob must then have one provider
     * @param name name or glob
     * @param limit the most sites that may be found, at least 1
     * @return what was found, or why nothing can be probed
     */
    public MarkLookup marks(Optional<NamePattern> provider, NamePattern name, int limit) {
        return new MarkFinder(this).find(provider, name, limit);
    }
}
