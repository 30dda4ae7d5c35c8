package io.probeunit.internal.binary;

import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Optional;

/**
 * The functions that Go makes of a generic one: one for all types that look alike in memory, named by that shape
 * ({@code main.Map[go.shape.int_0]}); those of a type itself only lead to it. Go, design/generics-implementation-gcshape.md.
 */
final class GoInstances {

    private static final String SHAPE = "[go.shape.";
    private static final String ANY = "[...]";

    private GoInstances() {}

    /** All instances of a function that is named without types, or with {@code [...]} as Go's stack traces have it. */
    static List<FunctionSymbol> named(BinaryFile file, String wanted) {
        String plain = wanted.replace(ANY, "");
        return plain.indexOf('[') >= 0 ? List.of() : of(file, plain);
    }

    /** All instances of a function that is named with types which it has not. */
    static List<FunctionSymbol> alike(BinaryFile file, String wanted) {
        return wanted.indexOf('[') < 0 ? List.of() : of(file, withoutTypes(wanted));
    }

    /** The generic functions, named without types. */
    static List<String> names(BinaryFile file) {
        return file.go()
                ? file.functions().stream()
                        .map(FunctionSymbol::name)
                        .filter(name -> name.contains(SHAPE))
                        .map(GoInstances::withoutTypes)
                        .distinct()
                        .toList()
                : List.of();
    }

    /** Whether it is the instance for all types that look alike. */
    static boolean isForAll(FunctionSymbol function) {
        return function.name().contains(SHAPE);
    }

    /**
     * Why firings of an instance for one type are not all calls: what calls it with the type known goes to the one for all that
     * look alike.
     */
    static Optional<Doubt> leadsOn(BinaryFile file, FunctionSymbol function) {
        String name = function.name();
        if (name.indexOf('[') < 0 || name.contains(SHAPE) || !file.go()) {
            return Optional.empty();
        }
        String plain = withoutTypes(name);
        return file.functions().stream()
                .map(FunctionSymbol::name)
                .filter(other -> other.contains(SHAPE))
                .map(GoInstances::withoutTypes)
                .filter(other -> other.equals(plain) || other.equals(ofValue(plain)))
                .findFirst()
                .map(all -> Doubt.missed(
                        "%s only calls the instance that Go makes for all types that look alike, and most calls reach that instance directly; name it without types (%s), or by its shape"
                                .formatted(name, all)));
    }

    /** A method of a type has another one for pointers to it: {@code main.(*Cart).Len} leads to {@code main.Cart.Len}. */
    private static String ofValue(String method) {
        return method.replace("(*", "").replace(")", "");
    }

    private static List<FunctionSymbol> of(BinaryFile file, String plain) {
        if (!file.go()) {
            return List.of();
        }
        List<FunctionSymbol> all = file.functions().stream()
                .filter(function -> function.name().indexOf('[') > 0
                        && withoutTypes(function.name()).equals(plain))
                .toList();
        List<FunctionSymbol> shapes =
                all.stream().filter(function -> function.name().contains(SHAPE)).toList();
        return shapes.isEmpty() ? all : shapes;
    }

    /** Brackets may be nested: {@code main.Map[go.shape.[]int_0]}. */
    private static String withoutTypes(String name) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '[') {
                depth++;
            } else if (c == ']' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
