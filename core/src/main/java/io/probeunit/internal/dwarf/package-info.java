/** Debug information in the formats DWARF 4 and 5: parameters, types, inlined functions and source lines. */
@NullMarked
package io.probeunit.internal.dwarf;

import org.jspecify.annotations.NullMarked;
