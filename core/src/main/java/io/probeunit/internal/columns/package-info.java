/**
 * Details of firings in few bytes: chunks of columns of numbers. A full chunk is packed.
 */
@NullMarked
package io.probeunit.internal.columns;

import org.jspecify.annotations.NullMarked;
