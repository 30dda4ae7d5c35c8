/**
 * The way to a kernel: system calls with their numbers and buffers, made in this JVM or by a helper that is spoken with through
 * its standard streams. Whoever needs a file, a process or a probe is above it, and written once.
 */
@NullMarked
package io.probeunit.internal.kernel;

import org.jspecify.annotations.NullMarked;
