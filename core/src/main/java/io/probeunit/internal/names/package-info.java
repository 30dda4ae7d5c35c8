/**
 * Names of functions as compilers write them, and as sources have them: C++ (Itanium ABI), Rust, clones of GCC and Clang. Knows
 * nothing of files.
 */
@NullMarked
package io.probeunit.internal.names;

import org.jspecify.annotations.NullMarked;
