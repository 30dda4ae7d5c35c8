/**
 * System calls with their numbers and buffers. This JVM makes them, or a helper that it reaches through standard
 * streams. Code for files, processes and probes uses this package, and is written once.
 */
@NullMarked
package io.probeunit.internal.kernel;

import org.jspecify.annotations.NullMarked;
