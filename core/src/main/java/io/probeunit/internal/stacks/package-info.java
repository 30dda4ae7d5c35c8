/** From a copy of a thread's stack to frames with names: what the process has mapped, its files, and their symbols. */
@NullMarked
package io.probeunit.internal.stacks;

import org.jspecify.annotations.NullMarked;
