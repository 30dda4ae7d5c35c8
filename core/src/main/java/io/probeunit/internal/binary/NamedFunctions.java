package io.probeunit.internal.binary;

import io.probeunit.internal.names.FunctionNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The functions of one file and their names in the source. A name is read at the first question that needs it, and kept:
 * reading all of a large library takes longer than reading the library.
 *
 * <p>Thread-safe: threads that ask at the same time may each read a name, and find the same.
 */
final class NamedFunctions {

    private static final String NOT_READ = "";

    private final List<FunctionSymbol> functions;
    private final List<FunctionSymbol> indirect;
    private final String[] functionNames;
    private final String[] indirectNames;

    /** Takes immutable lists. */
    NamedFunctions(List<FunctionSymbol> functions, List<FunctionSymbol> indirect) {
        this.functions = functions;
        this.indirect = indirect;
        functionNames = unread(functions.size());
        indirectNames = unread(indirect.size());
    }

    /** Decides on one function. */
    @FunctionalInterface
    interface Question {

        /**
         * Decides.
         *
         * @param function the symbol
         * @param sourceName its name in the source without parameters and template arguments; costs something
         */
        boolean isMeant(FunctionSymbol function, Supplier<String> sourceName);
    }

    List<FunctionSymbol> functions(Question question) {
        return select(functions, functionNames, question);
    }

    List<FunctionSymbol> indirect(Question question) {
        return select(indirect, indirectNames, question);
    }

    /** All names of one address; the functions are ordered by address. */
    List<FunctionSymbol> at(long address) {
        int from = 0;
        int to = functions.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Long.compareUnsigned(functions.get(middle).address(), address) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        int end = from;
        while (end < functions.size() && functions.get(end).address() == address) {
            end++;
        }
        return functions.subList(from, end);
    }

    /** All names in the source, but those of pieces that are no function of their own. */
    Set<String> sourceNames() {
        Set<String> all = new LinkedHashSet<>();
        addTo(all, functions, functionNames);
        addTo(all, indirect, indirectNames);
        return all;
    }

    private static void addTo(Set<String> all, List<FunctionSymbol> symbols, String[] names) {
        for (int i = 0; i < names.length; i++) {
            if (!FunctionNames.isColdPiece(symbols.get(i).name())) {
                all.add(name(symbols, names, i));
            }
        }
    }

    private static List<FunctionSymbol> select(List<FunctionSymbol> symbols, String[] names, Question question) {
        List<FunctionSymbol> selected = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            int index = i;
            if (question.isMeant(symbols.get(i), () -> name(symbols, names, index))) {
                selected.add(symbols.get(i));
            }
        }
        return selected;
    }

    private static String name(List<FunctionSymbol> symbols, String[] names, int index) {
        String name = names[index];
        if (name.equals(NOT_READ)) {
            name = symbols.get(index).sourceName();
            names[index] = name;
        }
        return name;
    }

    private static String[] unread(int count) {
        String[] names = new String[count];
        Arrays.fill(names, NOT_READ);
        return names;
    }
}
