/**
 * The way to a kernel: system calls with their numbers and buffers, made in this JVM, or by a helper through its
 * standard streams. Code for files, processes and probes is above it, and is written once.
 */
@NullMarked
package io.probeunit.internal.kernel;

import org.jspecify.annotations.NullMarked;
