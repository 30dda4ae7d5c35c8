package io.probeunit.internal.binary;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program that runs what is written in another language: methods and scripts' functions are no functions of an ELF file.
 *
 * @param what it is
 * @param theirs what of it has no symbols
 * @param instead a sentence on what can be probed
 * @param files names of its files, and of libraries that it needs
 * @param functions that it has, or takes from a library
 */
record LanguageRuntime(String what, String theirs, String instead, Set<String> files, Set<String> functions) {

    /** Which one a file is or embeds. */
    static Optional<LanguageRuntime> of(BinaryFile file) {
        return DataTable.rows("runtimes.txt").stream()
                .map(row -> new LanguageRuntime(
                        row.get(0), row.get(1), row.get(2), DataTable.words(row.get(3)), DataTable.words(row.get(4))))
                .filter(runtime -> runtime.is(file))
                .findFirst();
    }

    private boolean is(BinaryFile file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        return Stream.concat(Stream.of(name), file.imports().libraries().stream())
                        .anyMatch(files::contains)
                || functions.stream().anyMatch(file.imports().functions()::contains)
                || file.functions().stream().anyMatch(function -> functions.contains(function.unversioned()));
    }

    /** What a person who looked for one of its functions in vain should know. */
    String advice(String path) {
        return "%s is %s. %s are not functions of an ELF file, and cannot be probed by name (PU0701). %s"
                .formatted(path, what, theirs, instead);
    }
}
