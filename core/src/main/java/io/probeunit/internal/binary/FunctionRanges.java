package io.probeunit.internal.binary;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the function to which a piece of a file belongs. Immutable and thread-safe. */
public final class FunctionRanges {

    private final TreeMap<Long, FunctionSymbol> byOffset = new TreeMap<>();

    private FunctionRanges(Collection<FunctionSymbol> functions) {
        // of several names at one place the shortest, which is the plainest
        functions.forEach(function -> byOffset.merge(
                function.fileOffset(),
                function,
                (one, other) -> other.name().length() < one.name().length() ? other : one));
    }

    /**
     * The ranges of a file.
     *
     * @param file what was read of it
     * @return where its functions begin and end; one whose symbol has no size ends where the next one begins
     */
    public static FunctionRanges of(BinaryFile file) {
        return new FunctionRanges(file.functions());
    }

    /**
     * Finds the function that an instruction belongs to.
     *
     * @param fileOffset where the instruction is in the file, in bytes
     * @return the function; empty if none is known there
     */
    public Optional<FunctionSymbol> at(long fileOffset) {
        return Optional.ofNullable(byOffset.floorEntry(fileOffset))
                .map(Map.Entry::getValue)
                .filter(f -> f.size() == 0 || fileOffset - f.fileOffset() < f.size());
    }
}
