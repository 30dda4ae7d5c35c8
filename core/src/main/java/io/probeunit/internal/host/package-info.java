/**
 * The place where the tools of an engine run: its processes, files, {@code /proc} and kernel.
 *
 * <p>Engines reach a machine through a {@link io.probeunit.internal.host.Host} and through nothing else, so that a tool can run
 * beside the JVM or somewhere else without the engine knowing. Files are written once, on top of the host's way to its
 * {@linkplain io.probeunit.internal.kernel.Kernel kernel}.
 */
@NullMarked
package io.probeunit.internal.host;

import org.jspecify.annotations.NullMarked;
