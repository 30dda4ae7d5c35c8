package io.probeunit.internal.binary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Functions that a program may import in place of one that its source names.
 *
 * @param names the functions
 * @param why a part of a sentence, for people
 */
record Siblings(Set<String> names, String why) {

    private static final String ANY = "*";

    /** Those of some names of one function, by the table. */
    static List<Siblings> of(Set<String> names) {
        Set<String> known = new HashSet<>(names);
        List<Siblings> all = new ArrayList<>();
        // the reason of the first row is the most exact one
        for (List<String> row : DataTable.rows("siblings.txt")) {
            Set<String> siblings = of(names, DataTable.words(row.get(0)), DataTable.words(row.get(1)));
            siblings.removeAll(known);
            known.addAll(siblings);
            if (!siblings.isEmpty()) {
                all.add(new Siblings(siblings, row.get(2)));
            }
        }
        return all;
    }

    private static Set<String> of(Set<String> names, Set<String> functions, Set<String> instead) {
        return names.stream()
                .filter(name -> functions.contains(ANY) || functions.contains(name))
                .flatMap(name -> instead.stream().map(pattern -> pattern.replace(ANY, name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that a file imports; empty if there is none. */
    Stream<Siblings> among(Set<String> imported) {
        Set<String> found = new TreeSet<>(names);
        found.retainAll(imported);
        return found.isEmpty() ? Stream.empty() : Stream.of(new Siblings(found, why));
    }

    /** For people. */
    String list() {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
