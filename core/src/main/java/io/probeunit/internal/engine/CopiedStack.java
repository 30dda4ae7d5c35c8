package io.probeunit.internal.engine;

import io.probeunit.internal.unwind.Registers;
import io.probeunit.internal.unwind.StackMemory;

/**
 * The registers and the innermost part of the stack of a thread that fired.
 *
 * @param registers as they were
 * @param memory from the stack pointer on, maybe from a little before
 */
public record CopiedStack(Registers registers, StackMemory memory) {}
