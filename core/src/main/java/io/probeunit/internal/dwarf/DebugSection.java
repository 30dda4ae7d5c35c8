package io.probeunit.internal.dwarf;

import io.probeunit.internal.host.FileContent;

/**
 * A section with debug information.
 *
 * @param name for example {@code .debug_info}
 * @param file the file that has it
 * @param offset in that file, in bytes
 * @param size in bytes, as in the file; all of it is in the file
 * @param compressed whether it begins with the header of a compressed section
 */
public record DebugSection(String name, FileContent file, int offset, int size, boolean compressed) {}
