package io.probeunit.internal.binary;

/** What a mangled name can refer back to. */
sealed interface CxxEntry permits CxxName, CxxType {}
