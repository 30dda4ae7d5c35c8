package io.probeunit.internal.binary;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names in a file which show that its program has several stacks in one thread, or unwinds them. */
final class StackSwitches {

    /**
     * ucontext (POSIX), Boost.Context and what copies it, libco, minicoro, libcoro, Ruby, QEMU, libaco, state threads, Pth, D.
     */
    private static final Pattern SWITCH = Pattern.compile(
            "(?:\\w*_)?(?:swap|make|set)context|\\w*(?:jump|ontop|make)_fcontext|_?(?:co|mco|aco|acosw|cothread)_switch|acosw|coro_transfer|coroutine_(?:transfer|switch)|qemu_coroutine_switch|coctx_swap|_?st_\\w*switch\\w*|pth_mctx_switch|fiber_switchContext|zend_fiber_switch_context|\\w*swapcontext\\w*");

    private static final List<String> UNWINDERS = List.of(
            "__cxa_throw",
            "__cxa_rethrow",
            "__cxa_begin_catch",
            "__gxx_personality_v0",
            "_Unwind_RaiseException",
            "_Unwind_Resume_or_Rethrow",
            "rust_eh_personality",
            "__gnat_personality_v0",
            "_d_throwdwarf",
            "_d_throw_exception");

    /** A C library has these for others, and does not use them; OpenSSL uses them in jobs that a program has to ask for. */
    private static final Pattern FOR_OTHERS = Pattern.compile("(?:.*/)?(?:libc[.-].*|ld-musl.*|libcrypto\\.so.*)");

    private final BinaryFile file;
    private final Lazy<Optional<String>> switching;
    private final Lazy<Optional<String>> unwinding;

    StackSwitches(BinaryFile file) {
        this.file = file;
        switching = new Lazy<>(() -> named(name -> SWITCH.matcher(name).matches()));
        unwinding = new Lazy<>(() -> named(UNWINDERS::contains));
    }

    /** A name by which the program switches stacks, if there is one. */
    Optional<String> switching() {
        return FOR_OTHERS.matcher(file.path()).matches() ? Optional.empty() : switching.get();
    }

    /** A name that raises or catches exceptions or panics, if there is one. */
    Optional<String> unwinding() {
        return unwinding.get();
    }

    /** Whether handlers of signals may run on a stack of their own. */
    boolean alternate() {
        return file.imports().functions().contains("sigaltstack");
    }

    private Optional<String> named(Predicate<String> isMeant) {
        return file.imports().functions().stream()
                .filter(isMeant)
                .sorted()
                .findFirst()
                .or(() -> file.functions().stream()
                        .map(FunctionSymbol::unversioned)
                        .filter(isMeant)
                        .findFirst());
    }
}
