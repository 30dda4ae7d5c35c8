/**
 * The place where the tools of an engine run: its processes, files, {@code /proc} and kernel.
 *
 * <p>Engines use a machine only through a {@link io.probeunit.internal.host.Host}. So an engine need not know whether
 * its tool runs beside the JVM or elsewhere. Files are written once, on top of the host's way to its {@linkplain
 * io.probeunit.internal.kernel.Kernel kernel}.
 */
@NullMarked
package io.probeunit.internal.host;

import org.jspecify.annotations.NullMarked;
