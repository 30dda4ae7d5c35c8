package io.probeunit.internal.names;

/** What a mangled name can refer back to. */
sealed interface CxxEntry permits CxxName, CxxType {}
