package io.probeunit.internal.binary;

import io.probeunit.internal.binary.FunctionSymbol.Binding;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Names of places in the code without a type, which only assemblers make: gABI, chapter 4, "Symbol Table", STT_NOTYPE. What
 * others call is global; what is not may as well be the head of a loop.
 */
final class Labels {

    private final BinaryFile file;

    Labels(BinaryFile file) {
        this.file = file;
    }

    /** The assembler's own: GNU as (".L…"), and the mapping symbols of "ELF for the Arm 64-bit Architecture" ("$x", "$d.3"). */
    static boolean isOfTools(String name) {
        boolean mapping = name.length() > 1
                && name.charAt(0) == '$'
                && name.charAt(1) >= 'a'
                && name.charAt(1) <= 'z'
                && (name.length() == 2 || name.charAt(2) == '.');
        return mapping || name.startsWith(".L");
    }

    /** Those of one name: the global ones, or else all. */
    List<FunctionSymbol> named(String name) {
        List<FunctionSymbol> named = file.labels().stream()
                .filter(label -> label.unversioned().equals(name))
                .toList();
        List<FunctionSymbol> global =
                named.stream().filter(label -> label.binding() != Binding.LOCAL).toList();
        return global.isEmpty() ? named : global;
    }

    /** Those that may be functions: that are global, and not inside of a function. */
    List<FunctionSymbol> matching(Predicate<FunctionSymbol> meant) {
        List<FunctionSymbol> matching = file.labels().stream()
                .filter(label -> label.binding() != Binding.LOCAL)
                .filter(meant)
                .toList();
        if (matching.isEmpty()) {
            return matching;
        }
        FunctionRanges ranges = FunctionRanges.of(file);
        return matching.stream()
                .filter(label -> ranges.at(label.fileOffset())
                        .filter(f -> f.size() > 0 || f.fileOffset() == label.fileOffset())
                        .isEmpty())
                .toList();
    }

    /** Those of which others may know. */
    List<String> names() {
        return matching(label -> true).stream().map(FunctionSymbol::baseName).toList();
    }

    static Optional<String> note(List<FunctionSymbol> labels) {
        return labels.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The symbol table gives no type to %s, which an assembler has made of a label; each is counted as a function, and a jump to it counts too."
                                .formatted(labels.stream()
                                        .map(FunctionSymbol::name)
                                        .distinct()
                                        .collect(Collectors.joining(", "))));
    }

    static List<Doubt> doubts(FunctionSymbol label) {
        return label.binding() == Binding.LOCAL
                ? List.of(Doubt.repeated(
                        "%s is a label that only its source file knows, and the program may jump to it several times within one call; give it the type of a function ('.type NAME, @function' for GNU as, 'global NAME:function' for NASM)"
                                .formatted(label.name())))
                : List.of();
    }
}
