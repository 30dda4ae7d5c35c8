/**
 * An ELF file as a source of probe points: its functions, its marks with their operands, and look-ups by name.
 *
 * <p>{@link io.probeunit.internal.binary.BinaryReader} reads the content of a file from any source into a {@link
 * io.probeunit.internal.binary.BinaryFile}, which is immutable.
 */
@NullMarked
package io.probeunit.internal.binary;

import org.jspecify.annotations.NullMarked;
