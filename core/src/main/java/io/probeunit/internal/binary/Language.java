package io.probeunit.internal.binary;

import java.util.Optional;

/** The language of a function, from its name and file, and the C conventions that it follows. */
enum Language {
    /** Also whatever keeps to C's conventions without showing what it is. */
    C,
    /** Free functions keep to C's; what hides in front of the parameters is in no name. */
    CXX,
    /** <a href="https://doc.rust-lang.org/reference/items/external-blocks.html#abi">The ABI of Rust</a> is not specified. */
    RUST,
    /** {@code cmd/compile/abi-internal.md}: words of arguments in registers of Go's own order; stacks are moved. */
    GO,
    /** Arguments start in {@code %rax}; the runtime looks up each return address of the stack when it collects. */
    OCAML,
    /** GHC's code jumps from function to function, on its own stack. */
    HASKELL,
    /** Versions of its compilers pass the parameters in different orders. */
    D,
    /** {@code swiftcc}: {@code self} and errors are in registers of their own. */
    SWIFT,
    /** Passes the addresses of its arguments. */
    FORTRAN,
    /** A name that no compiler of the others makes, such as Zig's. */
    UNKNOWN;

    /** Why a probe on the return of its functions ends the program or sees nothing; empty if it does not. */
    Optional<String> againstReturns() {
        return switch (this) {
            case GO ->
                Optional.of(
                        "since Go made it: a return probe writes its own address onto the stack, which Go moves when it grows, and then ends the program (\"unexpected return pc\")");
            case OCAML ->
                Optional.of(
                        "since OCaml made it: a return probe writes its own address onto the stack, where OCaml looks for the addresses that it knows when it collects garbage or raises an exception, and then ends the program");
            case HASKELL ->
                Optional.of(
                        "since GHC made it: its code jumps on and does not return, and a return probe would overwrite what is on its stack");
            default -> Optional.empty();
        };
    }

    /** Why no register is known to hold an argument or the return value; empty if that is known. */
    Optional<String> againstValues() {
        return switch (this) {
            case GO ->
                Optional.of(
                        "Go made it, which passes each word of an argument in a register, in its own order (two for a string, three for a slice), and the symbol does not show the types");
            case OCAML ->
                Optional.of("OCaml made it, which uses registers in its own order and marks integers by a bit");
            case HASKELL ->
                Optional.of("GHC made it, which passes arguments in its own registers and on its own stack");
            case D -> Optional.of("D made it, whose compilers pass parameters in different orders");
            case SWIFT -> Optional.of("Swift made it, whose convention is not C's");
            default -> Optional.empty();
        };
    }

    /** Why a register may hold something else than the argument or the return value; empty if it does not. */
    Optional<String> doubtOfValues() {
        return switch (this) {
            case RUST ->
                Optional.of(
                        "Rust made it, and specifies only for extern \"C\" functions where arguments are; declare it extern \"C\" with #[no_mangle] and #[inline(never)], or count its calls without conditions");
            case FORTRAN ->
                Optional.of(
                        "Fortran made it, which passes the address of an argument, not its value; declare the argument VALUE and the function BIND(C) under another name, or count its calls without conditions");
            case UNKNOWN ->
                Optional.of(
                        "its name is not a name of C or C++, and it is not known where its language passes arguments; give it C's convention, or count its calls without conditions");
            default -> Optional.empty();
        };
    }
}
