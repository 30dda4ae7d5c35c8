package io.probeunit.internal.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Possible reasons why a function did not fire: guesses from the functions and imports of programs and libraries.
 *
 * @param probed where the function was probed
 * @param sites what was probed there, at least one
 * @param programs what the container's processes execute
 * @param libraries what they have loaded
 * @param complete whether these are all
 */
public record Hints(
        BinaryFile probed,
        List<FunctionSymbol> sites,
        List<BinaryFile> programs,
        List<BinaryFile> libraries,
        boolean complete) {

    private static final int MOST_FILES = 3;

    /** Of glibc's loader: until 2.31 it had malloc and its like, for the time before the C library is there. */
    private static final String LOADER = "ld-linux";

    /** Keeps copies of the lists. */
    public Hints {
        sites = List.copyOf(sites);
        programs = without(probed, programs);
        libraries = without(probed, libraries);
    }

    /**
     * The hints.
     *
     * @return sentences without full stops, the most likely first; empty if nothing is known
     */
    public List<String> sentences() {
        Set<String> names = sites.stream().map(FunctionSymbol::unversioned).collect(Collectors.toUnmodifiableSet());
        List<String> hints = new ArrayList<>(owners(names));
        if (isLibrary(probed)) {
            if (hints.isEmpty()) {
                hints.addAll(siblings(names));
            }
            ofNothing().forEach(hints::add);
            if (hints.isEmpty() && complete && others().noneMatch(imports(names))) {
                hints.add("no file that runs now imports %s, so only %s itself, and code that uses dlsym, can call it"
                        .formatted(name(), fileName(probed)));
            }
        } else {
            hints.add(
                    "calls that the compiler put into the callers (inlining) are not seen: with %s in the source the function is not inlined"
                            .formatted(InliningAdvice.of(probed).keeping()));
        }
        return hints;
    }

    /** The loader binds a name to the first file that has it, and the program comes before its libraries. */
    private List<String> owners(Set<String> names) {
        return (isLibrary(probed) ? others() : programs.stream())
                .filter(file -> !fileName(file).startsWith(LOADER))
                .filter(file -> file.functions().stream()
                        .anyMatch(function -> function.binding() != FunctionSymbol.Binding.LOCAL
                                && names.contains(function.unversioned())))
                .limit(MOST_FILES)
                .map(file -> "%s has %s too, and calls may go there: binary = \"%s\""
                        .formatted(file.path(), name(), file.path()))
                .toList();
    }

    /** Of libraries only where no program imports one: they have many imports, and most are none of the test's matter. */
    private List<String> siblings(Set<String> names) {
        List<String> ofPrograms = siblings(names, programs);
        return ofPrograms.isEmpty() ? siblings(names, libraries) : ofPrograms;
    }

    private static List<String> siblings(Set<String> names, List<BinaryFile> files) {
        List<Siblings> known = Siblings.of(names);
        return files.stream()
                .flatMap(file -> known.stream()
                        .flatMap(siblings -> siblings.among(file.imports().functions()))
                        .map(found -> "%s imports %s: %s".formatted(file.path(), found.list(), found.why())))
                .limit(MOST_FILES)
                .toList();
    }

    /** Linked statically, or made by Go. */
    private Stream<String> ofNothing() {
        return programs.stream()
                .filter(program -> program.imports().functions().isEmpty())
                .limit(MOST_FILES)
                .map(program -> "%s imports nothing: all functions that it calls are in the program itself"
                        .formatted(program.path()));
    }

    private Stream<BinaryFile> others() {
        return Stream.concat(programs.stream(), libraries.stream());
    }

    private static Predicate<BinaryFile> imports(Set<String> names) {
        return file -> file.imports().functions().stream().anyMatch(names::contains);
    }

    private String name() {
        return sites.get(0).sourceName();
    }

    private static List<BinaryFile> without(BinaryFile one, List<BinaryFile> files) {
        return files.stream().filter(file -> !file.path().equals(one.path())).toList();
    }

    private static boolean isLibrary(BinaryFile file) {
        return fileName(file).contains(".so");
    }

    private static String fileName(BinaryFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }
}
