package io.probeunit.internal.binary;

import io.probeunit.internal.names.SourceName;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The main language of a program, from its symbols; only for advice. */
enum InliningAdvice {
    GO("//go:noinline", BinaryFile::go),
    RUST("#[inline(never)]", file -> has(file, InliningAdvice::isRust)),
    OCAML("[@inline never]", file -> has(file, "caml_startup", "caml_start_program")),
    HASKELL("{-# NOINLINE name #-}", file -> has(file, "hs_main", "stg_ap_v_info")),
    SWIFT("@inline(never)", file -> has(file, name -> name.startsWith("swift_") || name.startsWith("$s"))),
    D("pragma(inline, false)", file -> has(file, "_Dmain", "_d_run_main")),
    FORTRAN("!GCC$ ATTRIBUTES noinline", file -> has(file, "MAIN__", "_gfortran_set_args")),
    ADA("pragma No_Inline", file -> has(file, "adainit", "__gnat_initialize")),
    NIM("{.noinline.}", file -> has(file, "NimMain")),
    C("__attribute__((noinline, used))", file -> true);

    /** The older mangling. */
    private static final class Rust {
        static final Pattern HASH = Pattern.compile("17h[0-9a-f]{16}E$");
    }

    private final String keeping;
    private final Predicate<BinaryFile> isIn;

    InliningAdvice(String keeping, Predicate<BinaryFile> isIn) {
        this.keeping = keeping;
        this.isIn = isIn;
    }

    static InliningAdvice of(BinaryFile file) {
        for (InliningAdvice language : values()) {
            if (language.isIn.test(file)) {
                return language;
            }
        }
        return C;
    }

    /** The attribute that keeps a compiler from inlining a function. */
    String keeping() {
        return keeping;
    }

    private static boolean isRust(String name) {
        return name.startsWith("_R") && SourceName.of(name).isPresent()
                || name.startsWith("_ZN") && Rust.HASH.matcher(name).find();
    }

    private static boolean has(BinaryFile file, String... names) {
        return has(file, Set.of(names)::contains);
    }

    private static boolean has(BinaryFile file, Predicate<String> name) {
        return file.functions().stream().map(FunctionSymbol::baseName).anyMatch(name)
                || file.imports().functions().stream().anyMatch(name);
    }
}
