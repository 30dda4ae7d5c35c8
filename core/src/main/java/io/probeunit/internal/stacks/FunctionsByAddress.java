package io.probeunit.internal.stacks;

import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.FunctionSymbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of a file's functions by the places of their code. Immutable. */
final class FunctionsByAddress {

    private static final int TOO_FAR_BACK = 64;

    private final List<FunctionSymbol> byPlace;

    private FunctionsByAddress(List<FunctionSymbol> byPlace) {
        this.byPlace = byPlace;
    }

    static FunctionsByAddress of(BinaryFile file) {
        return new FunctionsByAddress(Stream.of(file.functions(), file.indirectFunctions(), file.labels())
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(FunctionSymbol::fileOffset))
                .toList());
    }

    /** The function around a place; of several names for it, the plainest. */
    Optional<String> at(long place) {
        List<FunctionSymbol> around = new ArrayList<>();
        int next = firstBehind(place) - 1;
        for (int i = next; i >= 0 && next - i < TOO_FAR_BACK; i--) {
            FunctionSymbol symbol = byPlace.get(i);
            boolean sized = symbol.size() > 0;
            if (!around.isEmpty() && symbol.fileOffset() < around.get(0).fileOffset()) {
                break;
            }
            if (sized
                    ? place - symbol.fileOffset() < symbol.size()
                    : i == next || isAtSame(symbol, byPlace.get(next))) {
                around.add(symbol);
            }
        }
        return around.stream()
                .min(Comparator.comparingInt(FunctionsByAddress::underscores)
                        .thenComparing(symbol -> symbol.binding() == FunctionSymbol.Binding.LOCAL)
                        .thenComparingInt(symbol -> symbol.unversioned().length())
                        .thenComparing(FunctionSymbol::name))
                .map(FunctionSymbol::sourceName);
    }

    private static boolean isAtSame(FunctionSymbol one, FunctionSymbol other) {
        return one.fileOffset() == other.fileOffset();
    }

    private int firstBehind(long place) {
        int below = 0;
        int above = byPlace.size();
        while (below < above) {
            int middle = (below + above) >>> 1;
            if (byPlace.get(middle).fileOffset() <= place) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        return below;
    }

    /** {@code write} rather than {@code __libc_write}; mangled names begin with one too, whatever they say. */
    private static int underscores(FunctionSymbol symbol) {
        String name = symbol.sourceName();
        int count = 0;
        while (count < name.length() && name.charAt(count) == '_') {
            count++;
        }
        return count;
    }
}
