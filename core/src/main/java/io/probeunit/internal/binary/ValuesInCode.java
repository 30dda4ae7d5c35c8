package io.probeunit.internal.binary;

import java.util.Optional;

/**
 * What the code of a function of x86-64 tells of its values.
 *
 * @param hidden why the numbers of arguments may be shifted, part of a sentence; empty if nothing says so
 * @param arguments which registers for arguments it uses
 * @param returned what it returns
 */
record ValuesInCode(Optional<String> hidden, ArgumentUse arguments, ReturnedByCode returned) {}
