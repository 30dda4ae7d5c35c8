/**
 * Connects the annotations with the extension. Tests do not use this package.
 */
@NullMarked
package io.probeunit.annotations.bridge;

import org.jspecify.annotations.NullMarked;
