/**
 * An ELF file as a source of probe points: its functions, its marks with their operands, and look-ups by name.
 *
 * <p>{@link io.probeunit.binary.BinaryReader} reads the content of a file, wherever that came from, into a
 * {@link io.probeunit.binary.BinaryFile}; everything in that is immutable.
 */
@NullMarked
package io.probeunit.binary;

import org.jspecify.annotations.NullMarked;
