package io.probeunit.internal.dwarf;

/**
 * A line of the source.
 *
 * @param file its path as the compiler was given it, from the folder in which it ran if that is known
 * @param line counted from 1
 */
public record SourceLine(String file, int line) {}
