package io.probeunit.internal.binary;

/** Says that a mangled name is damaged, or holds what is not known; never leaves {@link CxxParser}. */
final class CxxNotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CxxNotUnderstood() {
        super("", null, false, false);
    }
}
