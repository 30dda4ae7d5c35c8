package io.probeunit.internal.names;

/**
 * A function as C++ names it.
 *
 * @param full as {@code c++filt} prints it: return type of templates, scopes, template arguments, parameters
 * @param name without return type and parameters
 * @param bare also without template arguments
 * @param suffix parameters and qualifiers: {@code (int) const}; empty if none are mangled
 */
public record CxxFunction(String full, String name, String bare, String suffix) {}
