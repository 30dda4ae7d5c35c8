/**
 * The built-in engine: a BPF program, written instruction by instruction and loaded with bpf(2). Needs no tool.
 *
 * <p>Numbers of instructions, functions, commands and attributes are those of {@code linux/bpf.h}, which never change.
 */
@NullMarked
package io.probeunit.internal.engine.uprobe;

import org.jspecify.annotations.NullMarked;
