package io.probeunit.internal.names;

/** A mangled name is damaged, or has unknown parts; never leaves {@link CxxParser}. */
final class CxxNotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CxxNotUnderstood() {
        super("", null, false, false);
    }
}
