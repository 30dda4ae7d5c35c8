package io.probeunit.internal.binary;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the language of each function of one file, from names and from traces of the languages' linkers. Immutable. */
final class Languages {

    /** RFC 2603; and the older one, which is C++'s with a hash at the end. */
    private static final Pattern RUST = Pattern.compile("_R[A-Za-z0-9].*|_ZN.*17h[0-9a-f]{16}E");

    /** Before OCaml 5.1 {@code camlModule__name_12}, since then {@code camlModule.name_12}. */
    private static final Pattern OCAML = Pattern.compile("caml[A-Z][\\w$']*(?:__|\\.)[\\w$'.]+");

    private static final Pattern HASKELL =
            Pattern.compile("stg_\\w*|\\w*_(?:info|entry|fast|slow|ret|closure|con_info)");
    private static final Pattern SWIFT = Pattern.compile("_?\\$[sS][\\w$]+");
    private static final Pattern D = Pattern.compile("_D[0-9].*");
    private static final Pattern FORTRAN = Pattern.compile("__\\w+_MOD_\\w+|[a-z]\\w*_|MAIN__");

    /** Functions of several versions for processors, of GCC and Clang: {@code foo.avx2}, {@code foo.arch_haswell}. */
    private static final Pattern DOTTED_IN_C = Pattern.compile(
            ".*\\.(?:default|resolver|ifunc|arch_\\w+|sse\\w*|ssse3|avx\\w*|bmi2?|fma\\w*|popcnt|[a-z0-9_]+simdclone.*|cold.*|[0-9]+)");

    private final Origin origin;
    private final boolean ocaml;
    private final boolean haskell;
    private final boolean fortran;

    Languages(Origin origin, List<FunctionSymbol> functions, Imports imports) {
        this.origin = origin;
        ocaml = any(
                functions,
                name -> name.equals("caml_main") || name.equals("caml_startup") || name.equals("caml_call_gc"));
        haskell = any(functions, name -> name.equals("hs_main") || name.startsWith("stg_ap_"))
                || imports.functions().contains("hs_main")
                || imports.functions().contains("stg_ap_p_fast");
        fortran = imports.functions().stream().anyMatch(name -> name.startsWith("_gfortran_"))
                || any(functions, name -> name.equals("MAIN__") || name.startsWith("_gfortran_"));
    }

    private static boolean any(List<FunctionSymbol> functions, Predicate<String> isMeant) {
        return functions.stream().anyMatch(function -> isMeant.test(function.name()));
    }

    Language of(FunctionSymbol function) {
        if (origin.isGo(function)) {
            return Language.GO;
        }
        String name = function.baseName();
        if (RUST.matcher(name).matches()) {
            return Language.RUST;
        }
        if (name.startsWith("_Z")) {
            return Language.CXX;
        }
        if (ocaml && OCAML.matcher(name).matches()) {
            return Language.OCAML;
        }
        if (haskell && HASKELL.matcher(name).matches()) {
            return Language.HASKELL;
        }
        if (SWIFT.matcher(name).matches()) {
            return Language.SWIFT;
        }
        if (D.matcher(name).matches()) {
            return Language.D;
        }
        if (fortran && FORTRAN.matcher(name).matches()) {
            return Language.FORTRAN;
        }
        return name.indexOf('.', 1) < 0 || DOTTED_IN_C.matcher(name).matches() ? Language.C : Language.UNKNOWN;
    }
}
