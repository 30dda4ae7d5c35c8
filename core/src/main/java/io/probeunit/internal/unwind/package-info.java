/**
 * Walks a copy of a stack by the tables that compilers write for exceptions: {@code .eh_frame}, as the LSB Core specification
 * (chapter 10.6) and DWARF 5 (section 6.4) describe it.
 *
 * <p>It guesses nothing. If a frame has no table, or needs memory that was not copied, the walk ends there with the reason.
 */
@NullMarked
package io.probeunit.internal.unwind;

import org.jspecify.annotations.NullMarked;
