/**
 * Firings in few bytes: some columns of numbers, packed once they are full.
 */
@NullMarked
package io.probeunit.internal.columns;

import org.jspecify.annotations.NullMarked;
